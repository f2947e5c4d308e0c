"""The site, from the notebooks as they stand: pages by room, tutorials, tests, and a reference from the docstrings.

python .ci/make_docs.py [--out _docs] [--only PART]      nothing is run, kept outputs are shown; nothing is fetched
"""
import argparse, json, os, re, shutil, subprocess, sys, tempfile, time
from pathlib import Path

import yaml
from latex2mathml.converter import convert as mathml

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT/'.ci/site'
(ROOT/'_proc').mkdir(exist_ok=True)
HELD = tempfile.TemporaryDirectory(prefix='site-', dir=ROOT/'_proc')      # two builds at a time do not meet
WORK = Path(HELD.name)
ROOMS = {'00_core': 'Core', '10_archive': 'Archive', '15_testing': 'Testing', '20_retrieve': 'Retrieve', '40_geometry': 'Geometry',
         '50_text': 'Text', '60_write': 'Write', '79_look': 'Look', '84_score': 'Score', '90_app': 'App'}
WIDGET = 'application/vnd.jupyter.widget-view+json'
MATH = re.compile(r'(?<![\\$\w])(\$\$?)(?![\s$])([^$`]+?)(?<![\s\\])\1(?![\d$])')


def source(cell): return ''.join(cell['source'])


def shown(cell):
    "A cell as a reader of the site sees it; None where it is the machinery of the page."
    s = source(cell)
    if cell['cell_type'] == 'markdown':
        text = MATH.sub(lambda m: mathml(m[2], display='block' if m[1] == '$$' else 'inline'), s)
        return dict(cell, source=text)
    if cell['cell_type'] != 'code' or re.search(r'^#\|\s*(hide|default_exp)\b', s, re.M) or not s.strip(): return None
    tags = ['exported'] if re.search(r'^#\|\s*exporti?\b', s, re.M) else []
    s = '' if re.search(r'^#\|\s*echo:\s*false', s, re.M) else re.sub(r'^#\|.*\n?', '', s, flags=re.M).strip('\n')
    outs = [o for o in map(twin, cell.get('outputs', [])) if o]
    return dict(cell, source=s, outputs=outs, metadata=dict(cell['metadata'], tags=tags)) if s or outs else None


def twin(out):
    "An output without what only a running kernel can draw: a widget is shown by its static twin."
    if out['output_type'] == 'stream' and out['name'] == 'stderr': return None
    if WIDGET not in (d := out.get('data', {})): return out
    if 'text/html' not in d and not any(k.startswith('image/') for k in d): return None
    return dict(out, data={k: v for k, v in d.items() if k != WIDGET})


def title(cells, default):
    "The first heading of a page, without marks."
    h = next((m[1] for c in cells if c['cell_type'] == 'markdown' and (m := re.search(r'^# (.+)$', source(c), re.M))), default)
    return re.sub(r'[`*]', '', h).strip()


def copy_page(nb:Path):
    "Write the page as shown, and return its title."
    page = json.loads(nb.read_text(encoding='utf-8'))
    page['cells'] = [c for c in map(shown, page['cells']) if c]
    page['metadata'] = dict(kernelspec=dict(display_name='Python 3', language='python', name='python3'), language_info=dict(name='python'))
    to = WORK/'docs'/nb.relative_to(ROOT/'nbs')
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps(page, ensure_ascii=False), encoding='utf-8')
    return title(page['cells'], nb.stem)


def room(folder, only=''):
    "Navigation of one folder: titles and pages, in order."
    return [{copy_page(nb): str(nb.relative_to(ROOT/'nbs'))} for nb in sorted((ROOT/'nbs'/folder).glob('*.ipynb')) if only in str(nb)]


def plain(name, to):
    "A text of the top folder; its links to notebooks are links of the site."
    text = (ROOT/name).read_text(encoding='utf-8')
    text = text.replace('](nbs/', '](').replace('](CONTRIBUTING.md)', '](contributing.md)').replace('](CITATION.cff)', '](citation.md)')
    (WORK/'docs'/to).write_text(re.sub(r'^(\S.*)\n(?=[-*] |\d+\. )', r'\1\n\n', text, flags=re.M) if name != 'README.md' else text, encoding='utf-8')


def data_files():
    "Word lists and patterns, which pages point to."
    for f in (f for f in (ROOT/'evcap_nb').rglob('*') if f.suffix in ('.toml', '.json', '.txt')):
        to = WORK/'docs/data'/f.relative_to(ROOT/'evcap_nb')
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(f, to)


def reference():
    "One page a package: every module with what it offers."
    nav = []
    for d in sorted(p for p in (ROOT/'evcap_nb').iterdir() if (p/'__init__.py').is_file()):
        mods = sorted(m.stem for m in d.glob('*.py') if not m.stem.startswith('_'))
        (WORK/'docs/reference').mkdir(exist_ok=True)
        text = f'# evcap_nb.{d.name}\n\n' + '\n\n'.join(f'::: evcap_nb.{d.name}.{m}' for m in mods)
        (WORK/f'docs/reference/{d.name}.md').write_text(text + '\n', encoding='utf-8')
        nav.append({d.name: f'reference/{d.name}.md'})
    return nav


def collect(only=''):
    "All sources of the site in one folder, and its navigation; `only`: pages whose path holds this, and no reference."
    (WORK/'docs').mkdir()
    shutil.copytree(ROOT/'nbs/images', WORK/'docs/images')
    for f in 'docments.py', 'hooks.py': shutil.copy(SITE/f, WORK)
    shutil.copy(SITE/'site.css', WORK/'docs')
    for name, to in ('README.md', 'index.md'), ('CONTRIBUTING.md', 'contributing.md'), ('CHANGELOG.md', 'changelog.md'): plain(name, to)
    (WORK/'docs/citation.md').write_text('# How to cite\n\n```yaml\n' + (ROOT/'CITATION.cff').read_text(encoding='utf-8') + '```\n')
    data_files()
    pages = [{label: found} for folder, label in ROOMS.items() if (found := room(folder, only))]
    if only: return [{'evcap_nb': 'index.md'}, *pages]
    pages += [{copy_page(nb): nb.name} for nb in sorted((ROOT/'nbs').glob('9*.ipynb'))]
    return [{'Start': [{'evcap_nb': 'index.md'}, {'Contributing': 'contributing.md'}, {'Changes': 'changelog.md'}, {'Citation': 'citation.md'}]},
            {'Pages': pages}, {'How to': room('tutorials')}, {'Measured': room('tests')}, {'Reference': reference()}]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--out', default=str(ROOT/'_docs'))
    ap.add_argument('--only', default='', help='build pages whose path holds this, to look at them')
    a, t = ap.parse_args(), time.time()
    nav = collect(a.only)
    config = yaml.safe_load((SITE/'mkdocs.yml').read_text(encoding='utf-8'))
    config |= dict(nav=nav, site_dir=str(Path(a.out).resolve()), hooks=['hooks.py'])
    (WORK/'mkdocs.yml').write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding='utf-8')
    env = dict(os.environ, PYTHONPATH=str(ROOT), NO_MKDOCS_2_WARNING='1', DISABLE_MKDOCS_2_WARNING='true')
    rc = subprocess.run([sys.executable, '-m', 'mkdocs', 'build', *([] if a.only else ['--strict']), '--quiet', '-f', str(WORK/'mkdocs.yml')], cwd=WORK, env=env).returncode
    print(f'{len(list(Path(a.out).rglob("*.html")))} pages in {a.out}, {time.time() - t:.0f} s' if not rc else 'mkdocs found faults')
    return rc


if __name__ == '__main__': sys.exit(main())
