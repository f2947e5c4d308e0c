"""Is the site whole? Every link of every page leads somewhere inside it; in Chromium no page asks the network, no line is cut at 600 or 1300 pixels,
and axe finds nothing that a screen reader trips over, light and dark.

python .ci/check_site.py [--site _docs] [--axe 12]     exit 1 if there is a fault; without Chromium only the links are followed
"""
import argparse, functools, http.server, json, os, re, shutil, sys, threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

ROOT = Path(__file__).resolve().parent.parent
FLAGS = '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run --disable-sync --disable-dev-shm-usage'
WIDE = """() => { const bad = [], w = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > w + 1) bad.push('the page is ' + document.documentElement.scrollWidth + ' wide');
  for (const e of document.querySelectorAll('.md-content pre, .md-content td, .md-content p, .md-content h1, .md-content h2')) {
    const s = getComputedStyle(e);
    if (e.scrollWidth > e.clientWidth + 2 && e.clientWidth && ['hidden', 'clip'].includes(s.overflowX)) bad.push('cut: ' + e.textContent.slice(0, 60)); }
  return bad }"""


class Links(HTMLParser):
    "What a page points to, and the places in it that can be pointed to."
    def __init__(self): super().__init__(); self.to, self.ids = [], set()

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        self.ids |= {a[k] for k in ('id', 'name') if a.get(k)}
        self.to += [a[k] for k in ('href', 'src') if a.get(k) and not (tag == 'link' and a.get('rel') == 'canonical')]


def read(site:Path) -> dict:
    "Every page as `(links, anchors)`."
    out = {}
    for f in sorted(site.rglob('*.html')):
        p = Links()
        p.feed(f.read_text(encoding='utf-8'))
        out[f.relative_to(site).as_posix()] = p
    return out


def dead(site:Path, pages:dict):
    "Links that lead nowhere, a line each."
    for page, p in pages.items():
        if page == '404.html': continue
        for link in p.to:
            if re.match(r'(https?|mailto|data|javascript):', link): continue
            path, frag = urldefrag(link)
            to = unquote(urljoin(page, path)) if path else page
            if to.endswith('/') or to in ('', '.'): to = to.rstrip('./') + '/index.html' if to.strip('./') else 'index.html'
            if not (site/to).is_file(): yield f'{page}: no page {link}'
            elif frag and to in pages and unquote(frag) not in pages[to].ids: yield f'{page}: no place {link}'


def serve(site:Path):
    "The site on the loopback address."
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *a): pass
    s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=s.serve_forever, daemon=True).start()
    return s, f'http://127.0.0.1:{s.server_port}/'


def look(site:Path, pages:list, axe_pages:list, chromium:str):
    "What a browser finds, a line each."
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright
    server, url = serve(site)
    empty = json.loads((site/'search/search_index.json').read_text(encoding='utf-8')) | dict(docs=[])
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=chromium, args=FLAGS.split())
        for scheme in 'light', 'dark':
            tab = b.new_page(viewport=dict(width=1300, height=900), color_scheme=scheme, reduced_motion='reduce')
            tab.route('**/search_index.json', lambda r: r.fulfill(json=empty))     # megabytes a page; searched once, below
            asked = []
            tab.on('request', lambda r: asked.append('asks for ' + r.url) if not r.url.startswith((url, 'data:', 'blob:')) else None)
            tab.on('pageerror', lambda e: asked.append(f'error {str(e)[:100]}'))
            for page in pages if scheme == 'light' else axe_pages:
                for width in (1300, 600):
                    tab.set_viewport_size(dict(width=width, height=900))
                    if width == 1300: tab.goto(url + page)
                    yield from (f'{page} ({scheme}, {width} px): {w}' for w in tab.evaluate(WIDE)[:3])
                yield from (f'{page}: {a}' for a in asked)
                asked.clear()
                if page not in axe_pages: continue
                tab.set_viewport_size(dict(width=1300, height=900))
                r = Axe().run(tab).response
                assert len(r['passes']) > 5, 'axe did not look'
                for v in r['violations']: yield f'{page} ({scheme}): {v["id"]}, {len(v["nodes"])} times: {v["nodes"][0]["html"][:160]}'
        tab = b.new_page(viewport=dict(width=1300, height=900))
        tab.goto(url + 'index.html')
        tab.locator('.md-search__input').first.fill('RootSIFT')
        try: tab.locator('.md-search-result__item').first.wait_for(timeout=20_000)
        except Exception: yield 'the search finds no RootSIFT'
        b.close()
    server.shutdown()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--site', default=str(ROOT/'_docs'))
    ap.add_argument('--axe', type=int, default=12, help='so many pages, spread over the site, are also read by axe, light and dark; 0: all')
    ap.add_argument('--only', default='', help='pages whose path holds this')
    a = ap.parse_args()
    site = Path(a.site)
    pages = read(site)
    if len(pages) < 10: print(f'{site} holds no site: make docs'); return 1
    faults = sorted(set(dead(site, pages)))
    names = [p for p in pages if p != '404.html' and a.only in p]
    chosen = names[::max(1, len(names)//a.axe)] if a.axe else names
    found = [os.environ.get('CHROMIUM', '')] + [shutil.which(n) for n in ('chromium', 'chromium-browser', 'google-chrome')]
    chromium = next((c for c in found if c and Path(c).is_file()), '')
    if chromium: faults += look(site, names, chosen, chromium)
    print(*faults, sep='\n')
    print(f'{len(pages)} pages, {sum(len(p.to) for p in pages.values())} links, ' +
          (f'{len(names)} looked at in Chromium, {len(chosen)} read by axe light and dark' if chromium else 'no Chromium: links only') +
          f', {len(faults)} faults')
    return bool(faults)


if __name__ == '__main__': sys.exit(main())
