"""Run notebooks with nbdev_test, each in a process of its own, and count: nbdev_test itself prints no count.

python .ci/run_notebooks.py [--flags slow] [--workers 2] [--timeout 1500] [PATH ...]
"""
import argparse, os, subprocess, sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENV = dict(os.environ, PYTHONPATH=str(ROOT), HF_HUB_OFFLINE=os.environ.get('HF_HUB_OFFLINE', '1'), MPLBACKEND='agg', TQDM_DISABLE='1')


def notebooks(paths):
    "Notebooks of files and folders, the ones of a folder in order of their path."
    for p in map(Path, paths):
        found = [p] if p.is_file() else sorted(p.rglob('*.ipynb'))
        yield from (f for f in found if not any(part[0] in '._' and part not in ('.', '..') for part in f.parts))


def run(nb, flags, timeout):
    "`(notebook, ok, seconds, output)` of one run."
    t, cmd = time.time(), [str(Path(sys.executable).parent/'nbdev_test'), '--path', str(nb), '--n_workers', '0', '--do_print']
    try: p = subprocess.run(cmd + (['--flags', flags] if flags else []), cwd=ROOT, env=ENV, timeout=timeout, text=True, errors='replace',
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired: return nb, False, time.time() - t, f'ran longer than {timeout} s'
    return nb, p.returncode == 0, time.time() - t, p.stdout


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('paths', nargs='*', default=['nbs'])
    ap.add_argument('--flags', default='', help='run marked cells too: slow, cuda, net')
    ap.add_argument('--workers', type=int, default=min(2, os.cpu_count() or 1))
    ap.add_argument('--timeout', type=int, default=1500, help='seconds for one notebook')
    a = ap.parse_args()
    os.chdir(ROOT)
    todo, failed = list(notebooks(a.paths)), []
    with ThreadPoolExecutor(a.workers) as pool:
        for i, (nb, ok, secs, out) in enumerate(pool.map(lambda nb: run(nb, a.flags, a.timeout), todo), 1):
            print(f'[{i}/{len(todo)}] {"ok    " if ok else "FAILED"} {secs:6.1f} s  {nb}', flush=True)
            if not ok: failed.append(nb); print('\n'.join(out.splitlines()[-40:]), flush=True)
    print(f'{len(todo) - len(failed)} passed, {len(failed)} failed')
    return bool(failed) or not todo


if __name__ == '__main__': sys.exit(main())
