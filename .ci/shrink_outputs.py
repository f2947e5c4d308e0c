"""Kept pictures in fewer bytes: a PNG output of more than 20 KB keeps its pixels and 128 colours; a large one of photographs becomes a JPEG.

python .ci/shrink_outputs.py PAGE ...
"""
import base64, io, json, sys
from pathlib import Path

from PIL import Image


def encoded(img, kind, **how) -> bytes:
    "A picture as bytes."
    img.save(buf := io.BytesIO(), kind, **how)
    return buf.getvalue()


def smaller(data:str) -> tuple[str, str]:
    "`(mime, base64)` of a PNG in base64: itself, with a palette, or from 60 KB on as JPEG, whichever is small enough."
    raw = base64.b64decode(data)
    img = Image.open(io.BytesIO(raw))
    if len(raw) < 20_000: return 'image/png', data
    best = ('image/png', raw)
    if img.mode != 'P':
        few = encoded(img.convert('RGB').quantize(128, dither=Image.Dither.FLOYDSTEINBERG), 'PNG', optimize=True)
        if len(few) < .8*len(raw): best = ('image/png', few)
    if len(best[1]) > 60_000:
        best = min(best, ('image/jpeg', encoded(img.convert('RGB'), 'JPEG', quality=84, optimize=True)), key=lambda b: len(b[1]))
    return best[0], base64.b64encode(best[1]).decode() + '\n'


def main():
    for page in map(Path, sys.argv[1:]):
        nb, before = json.loads(page.read_text(encoding='utf-8')), page.stat().st_size
        for out in (o for cell in nb['cells'] for o in cell.get('outputs', [])):
            if 'image/png' not in (d := out.get('data', {})): continue
            mime, text = smaller(''.join(d.pop('image/png')))
            d[mime] = text
            out['data'] = dict(sorted(d.items()))
        page.write_text(json.dumps(nb, ensure_ascii=False, indent=1) + '\n', encoding='utf-8')
        print(f'{page}: {before//1024} -> {page.stat().st_size//1024} KB')


if __name__ == '__main__': main()
