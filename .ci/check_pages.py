"""What a reader trips over, page by page.

Faults: lines that JupyterLab cuts off, notebooks that are too heavy, public names that mean two things, functions that want a settings record.
Notes: runs of exported cells without a lesson, pages that are two pages, public functions that only their own page uses.

python .ci/check_pages.py [--notes] [PATH ...]     exit 1 if there is a fault; --notes lists the notes, too
"""
import ast, argparse, json, os, re, statistics, sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH, RUN, CELLS, KB = 120, 2, 60, 300
SAME_THING = {'main'}                    # names that stand in several modules and mean the same


def source(cell): return ''.join(cell['source'])
def exported(cell): return cell['cell_type'] == 'code' and bool(re.search(r'^#\|\s*export', source(cell), re.M))
def hidden(cell): return bool(re.search(r'^#\|\s*hide\b', source(cell), re.M))


def pages(paths):
    "Every notebook as `(path, cells)`."
    for p in map(Path, paths):
        for f in [p] if p.is_file() else sorted(p.rglob('*.ipynb')):
            if '.ipynb_checkpoints' not in str(f): yield f, json.loads(f.read_text(encoding='utf-8'))['cells']


def wide_lines(cells):
    "Lines of code longer than a reader sees, as `(cell, length, start of the line)`."
    return [(i, len(l), l.strip()[:60]) for i, c in enumerate(cells) if c['cell_type'] == 'code' and not hidden(c)
            for l in source(c).splitlines() if len(l) > WIDTH]


def longest_run(cells):
    "The most exported cells in a row without a lesson or a paragraph that leads to one."
    run = most = at = 0
    for i, c in enumerate(cells):
        if exported(c): run += 1
        elif c['cell_type'] == 'code': run = 0
        if run > most: most, at = run, i
    return most, at


def page_faults(path, cells):
    "What is wrong with one page, a line each."
    for i, n, l in wide_lines(cells): yield f'{path}: cell {i}: {n} characters: {l}'
    if (kb := path.stat().st_size // 1024) > KB: yield f'{path}: {kb} KB of {KB}'


def page_notes(path, cells):
    "What would read better on one page, a line each."
    most, at = longest_run(cells)
    if most > RUN: yield f'{path}: {most} exported cells in a row without a lesson, up to cell {at}'
    if len(cells) > CELLS: yield f'{path}: {len(cells)} cells (two pages?)'


def module_of(cells):
    "Module that a page exports, '' if none."
    return next((m[1] for c in cells if (m := re.search(r'^#\|\s*default_exp\s+(\S+)', source(c), re.M))), '')


def public_names(cells):
    "Public functions, classes and constants of the exported cells; what `@patch` adds to a class is a method."
    for c in filter(exported, cells):
        for n in ast.parse(source(c)).body:
            patched = any('patch' in ast.unparse(d) for d in getattr(n, 'decorator_list', ()))
            command = any('command' in ast.unparse(d) or 'callback' in ast.unparse(d) for d in getattr(n, 'decorator_list', ()))
            if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and not n.name.startswith('_') and not patched and not command:
                yield n.name, n
            elif isinstance(n, ast.Assign):
                yield from ((t.id, n) for t in n.targets if isinstance(t, ast.Name) and not t.id.startswith('_'))


def name_faults(all_pages):
    "Public names that stand in two modules, and functions with more than seven parameters."
    where = defaultdict(set)
    for path, cells in all_pages:
        if not (mod := module_of(cells)): continue
        for name, node in public_names(cells):
            where[name].add(mod)
            n = len(node.args.args) + len(node.args.kwonlyargs) if isinstance(node, ast.FunctionDef) else 0
            if n > 7: yield f'{path}: {name} has {n} parameters (a settings record?)'
    for name, mods in sorted(where.items()):
        if len(mods) > 1 and name not in SAME_THING: yield f'{name} stands in {", ".join(sorted(mods))}'


def lonely_names(all_pages):
    "Public functions and classes that no other page, and no lazily offered name, mentions."
    words = {path: set(re.findall(r'\w+', '\n'.join(source(c) for c in cells if c['cell_type'] == 'code'))) for path, cells in all_pages}
    users = Counter(w for found in words.values() for w in found)
    for path, cells in all_pages:
        if not module_of(cells): continue
        for name, node in public_names(cells):
            if users[name] < 2 and isinstance(node, (ast.FunctionDef, ast.ClassDef)): yield path, name


# Public although only their own page uses them: what people call from a notebook or a script, each for the reason beside it.
FOR_USERS = {
    r'plot_.*|draw_.*|.*_panel': 'draws for a person', r'read_.*|load_.*|write_.*|save_.*|import_.*': 'a format of the outside world',
    r'.*_score|.*_scores|.*_accuracy|roc_auc|.*_apart|great_date|share_cut': 'a figure of the field',
    r'.*_step': 'a step of the list, redone by name',
    r'cross_encoder|second_opinion|spacy_finder|gliner_finder|rerank_with|language_writer': 'a part to be plugged in',
    r'alarm_margin|rank_photos|merge_adapter|published_recipes|ask_with|extract': 'a step people take by hand'}


def lonely_functions(all_pages):
    "Public functions without a user on another page and without a reason."
    for path, name in lonely_names(all_pages):
        cells = dict(all_pages)[path]
        node = next(n for m, n in public_names(cells) if m == name)
        if isinstance(node, ast.FunctionDef) and not any(re.fullmatch(p, name) for p in FOR_USERS): yield path, name


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('paths', nargs='*', default=['nbs'])
    ap.add_argument('--notes', action='store_true', help='list the notes, too')
    a = ap.parse_args()
    every, whole = list(pages(a.paths)), list(pages(['nbs']))
    here = {p for p, _ in every}
    faults = [f for path, cells in every for f in page_faults(path, cells)] + list(name_faults(every))
    notes = [n for path, cells in every for n in page_notes(path, cells)]
    lonely = [f'{p}: {n} is used on its own page only' for p, n in lonely_functions(whole) if p in here]
    functions = sum(isinstance(n, ast.FunctionDef) for _, cells in every if module_of(cells) for _, n in public_names(cells))
    sizes = sorted(len(source(c).splitlines()) for _, cells in every for c in cells if exported(c))
    print(*faults, *(notes + lonely if a.notes else ()), sep='\n')
    print(f'{len(lonely)} of {functions} public functions are used on their own page only, without a reason')
    if sizes: print(f'exported cells: median {statistics.median(sizes):.0f} lines, nine of ten at most {sizes[int(.9*(len(sizes)-1))]}')
    print(f'{len(every)} pages, {len(faults)} faults, {len(notes)} notes')
    return bool(faults)


if __name__ == '__main__':
    os.chdir(os.environ.get('PAGES_ROOT', ROOT))
    sys.exit(main())
