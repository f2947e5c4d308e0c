"""Kept pictures with a palette: a PNG output of more than 20 KB keeps its pixels and 128 colours, which is a third of its bytes.

python .ci/shrink_outputs.py PAGE ...
"""
import base64, io, json, sys
from pathlib import Path

from PIL import Image


def smaller(data:str) -> str:
    "A PNG in base64 with 128 colours, if that is smaller."
    raw = base64.b64decode(data)
    img, buf = Image.open(io.BytesIO(raw)), io.BytesIO()
    if len(raw) < 20_000 or img.mode == 'P': return data
    img.convert('RGB').quantize(128, dither=Image.Dither.FLOYDSTEINBERG).save(buf, 'PNG', optimize=True)
    return base64.b64encode(buf.getvalue()).decode() + '\n' if buf.tell() < .8*len(raw) else data


def main():
    for page in map(Path, sys.argv[1:]):
        nb, before = json.loads(page.read_text(encoding='utf-8')), page.stat().st_size
        for cell in nb['cells']:
            for out in cell.get('outputs', []):
                if 'image/png' in (d := out.get('data', {})): d['image/png'] = smaller(''.join(d['image/png']))
        page.write_text(json.dumps(nb, ensure_ascii=False, indent=1) + '\n', encoding='utf-8')
        print(f'{page}: {before//1024} -> {page.stat().st_size//1024} KB')


if __name__ == '__main__': main()
