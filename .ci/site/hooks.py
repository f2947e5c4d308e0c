"""What mkdocs-jupyter makes of a page, made to fit the site: links to notebooks become links to pages, headings get the anchors that the table
of contents names, styles and scripts that would come from elsewhere are left out, pictures get words, wide things scroll inside."""
import html as htmllib, re
from pathlib import Path

from markdown.extensions.toc import slugify
from mkdocs.structure.toc import get_toc

BEGIN, END = '<div class="jupyter-wrapper">', '</div> <!-- jupyter-wrapper -->'
TAGS = re.compile(r'<[^>]+>')


def on_page_content(html, page, config, files):
    "The body of a notebook without the styles of JupyterLab."
    if not page.file.src_uri.endswith('.ipynb'): return html
    html = html[html.index(BEGIN):html.rindex(END)] + '</div>'
    html = re.sub(r'<div class="zeroclipboard-container">.*?</clipboard-copy>\s*</div>', '', html, flags=re.S)
    html = re.sub(r'<div class="clipboard-copy-txt" id="[^"]*">.*?</div>|<div id="cell-\d+" class="clipboard-copy-txt">.*?</div>', '', html, flags=re.S)
    html = re.sub(r'<script type="application/vnd[^>]*>.*?</script>', '', html, flags=re.S)
    html = html.replace('highlight-ipynb', 'highlight').replace('&#182;', '')
    html, page.toc = headings(html)
    html = re.sub(r'href="([^":]+?)\.ipynb(#[^"]*)?"', lambda m: f'href="{m[1]}.html{(m[2] or "").lower()}"', html)
    html = re.sub(r'(<div class="jp-OutputArea-output|<div class="highlight)([^>]*?)(?: tabindex="0")?>', r'\1\2>', html)
    html = re.sub(r'href="(?:\.\./)+evcap_nb/', 'href="' + '../'*page.file.src_uri.count('/') + 'data/', html)    # word lists and patterns
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    html = re.sub(r' href="#([^"]*)"', lambda m: m[0] if m[1] in ids else '', html)      # a piece of a report points to another piece
    return captions(html, page)


def headings(html):
    "Headings with the anchors of markdown, and the table of contents of them."
    seen, tokens = set(), []

    def one(m):
        if 'anchor-link' not in m[3]: return m[0]                  # a heading inside an output keeps what it has
        level, words = int(m[1]), re.sub(r'<a class="anchor-link".*?</a>', '', m[3], flags=re.S)
        name = htmllib.unescape(TAGS.sub('', words)).strip()
        base = slug = slugify(name, '-') or 'part'
        n = 1
        while slug in seen: n += 1; slug = f'{base}_{n}'
        seen.add(slug)
        tokens.append(dict(level=level, id=slug, name=htmllib.escape(name), children=[]))
        return f'<h{level} id="{slug}">{words}</h{level}>'
    html = re.sub(r'<h([1-6])([^>]*)>(.*?)</h\1>', one, html, flags=re.S)
    return html, get_toc(tree(tokens))


def tree(tokens):
    "A flat list of headings as a tree."
    top, stack = [], []
    for t in tokens:
        while stack and stack[-1]['level'] >= t['level']: stack.pop()
        (stack[-1]['children'] if stack else top).append(t)
        stack.append(t)
    return top


def captions(html, page):
    "Every picture says in words what it is: the heading it stands under."
    parts, out, under = re.split(r'(<h[1-6] id="[^"]*">.*?</h[1-6]>|<img\b[^>]*>)', html, flags=re.S), [], page.title or ''
    for p in parts:
        if p.startswith('<h'): under = TAGS.sub('', p).strip()
        elif p.startswith('<img') and not re.search(r'\balt="[^"]+"', p):
            p = re.sub(r'\s*alt="[^"]*"|\s*alt="No description has been provided for this image"', '', p)
            p = p.replace('<img', f'<img alt="{under} (picture)"', 1)
        elif p.startswith('<img') and 'No description has been provided' in p:
            p = re.sub(r'alt="[^"]*"', f'alt="{under} (picture)"', p)
        out.append(p)
    return ''.join(out)


def on_post_page(output, page, config):
    "What the theme leaves without a name for a screen reader."
    return output.replace('data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"')
