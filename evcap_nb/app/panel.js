// The panel in the browser: shows regions of HTML, tells the kernel what was clicked, turned or pressed. It decides nothing.
const HELP = { '1': 'step', '2': 'step', '3': 'step', '4': 'step', '5': 'step', '6': 'step' };

function render({ model, el }) {
  const host = document.createElement('section');
  host.className = 'evcap-panel evcap-live';
  host.tabIndex = 0;
  host.setAttribute('data-lm-suppress-shortcuts', 'true');       // JupyterLab leaves the keys to us
  host.setAttribute('aria-label', model.get('title'));
  const said = document.createElement('div');
  said.className = 'said'; said.setAttribute('role', 'status'); said.setAttribute('aria-live', 'polite');
  const regions = {}, queue = [];
  const later = [];
  let waiting = 0, asked = '', sent = 0, knob = '';
  el.appendChild(host);

  // One message is on its way at a time. What is turned again before its turn came is sent once, in its last state.
  const same = (a, b) => a.do === b.do && (a.do !== 'knob' || a.value[0] === b.value[0]);
  function tell(what, value, buffer) {
    const old = queue.findIndex(m => same(m, { do: what, value }) && (what === 'knob' || what === 'move' || what === 'photo_by' || what === 'step'));
    if (old >= 0) {
      const m = queue.splice(old, 1)[0];
      if (what === 'move' || what === 'photo_by') value = Number(m.value) + Number(value);
    }
    queue.push({ do: what, value, buffer });
    pump();
  }
  function pump() {
    if (waiting || !queue.length) return;
    const { buffer, ...m } = queue.shift();
    waiting = ++sent; asked = m.do;
    host.setAttribute('aria-busy', 'true');
    model.send({ n: waiting, ...m }, undefined, buffer ? [buffer] : []);
  }

  function valueOf(c) {
    if (c.type === 'checkbox') return c.checked;
    if (c.type === 'range' || c.type === 'number') return Number(c.value);
    return c.value;
  }
  const controls = () => [...host.querySelectorAll('[data-knob]:not(:disabled)')];
  function remember(c) {
    knob = c.id;
    controls().forEach(x => x.classList.toggle('current', x.id === knob));
  }
  function changed(c) { remember(c); tell('knob', [c.dataset.knob, valueOf(c)]); }
  // A key that turns a knob right after one that opens a step means the knob of that step.
  const opening = () => waiting && asked !== 'knob' || queue.some(m => m.do !== 'knob');
  function turn(by) {
    if (opening()) return later.push(by);
    const all = controls(), c = all.find(x => x.id === knob) || all.find(x => x.closest('[data-region=body]')) || all[0];
    if (!c) return;
    if (c.type === 'checkbox') c.checked = !c.checked;
    else if (c.tagName === 'SELECT') {
      let i = c.selectedIndex + by;
      while (c.options[i] && c.options[i].disabled) i += by;
      if (!c.options[i]) return remember(c);
      c.selectedIndex = i;
    } else if (by > 0) c.stepUp(); else c.stepDown();
    echo(c); changed(c);
  }
  const echo = c => { const o = host.querySelector(`output[for="${c.id}"]`); if (o) o.textContent = c.value; };

  async function copy(name) {
    const from = host.querySelector(`[data-copy="${name}"]`);
    if (!from) return;
    const text = from.value ?? from.textContent;
    try { await navigator.clipboard.writeText(text); }
    catch { const t = document.createElement('textarea'); t.value = text; document.body.appendChild(t); t.select(); document.execCommand('copy'); t.remove(); host.focus(); }
    said.textContent = name === 'script' ? 'The script is copied.' : 'The caption is copied.';
  }
  function blink() {
    const b = host.querySelector('.blink');
    if (!b) return tell('view', 'blink');
    const other = b.classList.toggle('other');
    said.textContent = other ? 'Shown: the archive photo.' : 'Shown: the query photo.';
  }
  const filled = b => b.dataset.with ? host.querySelector('#' + CSS.escape(b.dataset.with)).value : b.dataset.value ?? '';
  const asNumber = v => v !== '' && !isNaN(v) ? Number(v) : v;

  host.addEventListener('click', e => {
    const b = e.target.closest('button');
    if (!b || !host.contains(b)) return;
    if (b.dataset.copyFrom) return copy(b.dataset.copyFrom);
    if (b.dataset.here === 'blink') return blink();
    if (b.dataset.here === 'zoom') { const on = host.classList.toggle('zoom'); b.setAttribute('aria-expanded', on); return; }
    if (b.dataset.do) tell(b.dataset.do, b.dataset.with ? filled(b) : asNumber(filled(b)));
  });
  host.addEventListener('input', e => echo(e.target));
  host.addEventListener('change', async e => {
    const c = e.target;
    if (c.dataset.knob) return changed(c);
    if (c.type === 'file' && c.files.length) return tell('upload', c.files[0].name, await c.files[0].arrayBuffer());
    if (c.dataset.do) tell(c.dataset.do, asNumber(c.value));
  });
  host.addEventListener('focusin', e => { if (e.target.dataset.knob) remember(e.target); });
  host.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const t = e.target, writing = t.matches('textarea, input[type=text], input[type=search]');
    if (writing) {
      if (e.key === 'Enter' && t.dataset.enter) { e.preventDefault(); tell(t.dataset.enter, t.value); }
      if (e.key === 'Escape') { e.preventDefault(); host.focus(); }
      return;
    }
    const act = { n: () => tell('photo_by', 1), p: () => tell('photo_by', -1), j: () => tell('move', 1), k: () => tell('move', -1),
      '[': () => turn(-1), ']': () => turn(1), '0': () => tell('reset', ''), c: () => copy('caption'), '?': help,
      a: () => tell('approve', host.querySelector('textarea[data-edit]')?.value ?? '') };
    const pressed = t.matches('button, select, summary, input');
    if (!pressed) { act.Enter = () => tell('compare', ''); act[' '] = blink; }
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const go = model.get('hotkeys') && (HELP[key] ? () => { tell('step', Number(key)); host.focus({ preventScroll: true }); } : act[key]);
    if (go) { e.preventDefault(); go(); }
  });
  function help() { const d = host.querySelector('details.keys'); if (d) { d.open = !d.open; if (d.open) d.querySelector('summary').focus(); } }

  function show(html) {
    const at = host.contains(document.activeElement) ? document.activeElement.id : '', inside = host.contains(document.activeElement);
    for (const [name, text] of Object.entries(html)) {
      if (!regions[name]) {
        regions[name] = document.createElement('div');
        regions[name].dataset.region = name;
        host.appendChild(regions[name]);
        if (name === 'rail' || !said.parentNode) regions[name].after(said);       // placed once, so that it is read out
      }
      const scrolled = [...regions[name].querySelectorAll('.text, .scroll, .thumbs')].map(x => [x.scrollTop, x.scrollLeft]);
      const open = [...regions[name].querySelectorAll('details')].map(d => d.open);
      regions[name].innerHTML = text;
      regions[name].querySelectorAll('.text, .scroll, .thumbs').forEach((x, i) => { if (scrolled[i]) [x.scrollTop, x.scrollLeft] = scrolled[i]; });
      regions[name].querySelectorAll('details').forEach((d, i) => { if (open[i]) d.open = true; });
    }
    for (const m of queue) if (m.do === 'knob') {
      const c = controls().find(x => x.dataset.knob === m.value[0]);
      if (c && c.type === 'checkbox') c.checked = m.value[1]; else if (c) { c.value = m.value[1]; echo(c); }
    }
    controls().forEach(x => x.classList.toggle('current', x.id === knob));
    if (inside && !host.contains(document.activeElement)) (at && host.querySelector('#' + CSS.escape(at)) || host).focus({ preventScroll: true });
    host.querySelector('.text .here')?.scrollIntoView({ block: 'nearest' });
    host.querySelectorAll('.thumbs').forEach(t => { const c = t.querySelector('[aria-current]'); if (c) t.scrollLeft = c.offsetLeft - t.offsetLeft - t.clientWidth / 2; });
  }
  let timer = 0;
  const rest = () => { clearTimeout(timer); timer = setTimeout(() => { if (!waiting && sent) model.send({ n: -1, do: 'rest', value: '' }); }, 1500); };
  const arrived = m => {
    if (!m || !m.regions) return;
    show(m.regions);
    if (m.said !== undefined) said.textContent = m.said;
    if (m.n === waiting) waiting = 0;
    if (!waiting && !queue.length) while (later.length && !opening()) turn(later.shift());
    if (!waiting && !queue.length) { host.removeAttribute('aria-busy'); host.dataset.done = sent; rest(); }
    pump();
  };
  model.on('msg:custom', arrived);
  model.send({ n: 0, do: 'hello', value: '' });
  return () => model.off('msg:custom', arrived);
}
export default { render };
