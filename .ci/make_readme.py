"""README.md from nbs/index.ipynb: hidden cells left out, pictures beside the notebooks.

nbdev_readme needs quarto; this needs only nbconvert. The notebook is not run, its kept outputs are used.
"""
import re
from pathlib import Path

import nbformat
from nbconvert import MarkdownExporter

ROOT = Path(__file__).resolve().parent.parent
IMAGES = 'nbs/images'


def hidden(cell): return cell.cell_type == 'code' and re.search(r'^#\|\s*hide\b', cell.source, re.M)


def tidy(cell):
    "Code without nbdev directives; a cell marked `echo: false` shows only its output."
    if cell.cell_type == 'code':
        if re.search(r'^#\|\s*echo:\s*false', cell.source, re.M): cell.source = ''
        cell.source = re.sub(r'^#\|.*\n?', '', cell.source, flags=re.M)
        for out in cell.outputs:
            if 'image/png' in out.get('data', {}): out['data'] = {'image/png': out['data']['image/png']}
    return cell


def main():
    nb = nbformat.read(ROOT/'nbs/index.ipynb', 4)
    nb.cells = [tidy(c) for c in nb.cells if not hidden(c)]
    nb.metadata['language_info'] = {'name': 'python'}
    body, res = MarkdownExporter().from_notebook_node(nb)
    (ROOT/IMAGES).mkdir(parents=True, exist_ok=True)
    for i, (name, data) in enumerate(res.get('outputs', {}).items()):
        path = ROOT/IMAGES/f'readme_{i}{Path(name).suffix}'
        path.write_bytes(data)
        body = body.replace(f'({name})', f'({IMAGES}/{path.name})')
    body = re.sub(r'```python\s+```\n', '', body).replace('![png]', '![A cropped portrait of the astronaut Eileen Collins]')
    body = re.sub(r'[ \t]+$', '', body, flags=re.M)
    (ROOT/'README.md').write_text(re.sub(r'\n{3,}', '\n\n', body).strip() + '\n', encoding='utf-8')


if __name__ == '__main__': main()
