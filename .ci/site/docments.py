"""Comments beside parameters, read as documentation: `k:int=10,   # Hits to return` becomes the line of `k` in the reference."""
import ast, io, textwrap, tokenize

import griffe


def comments(source):
    "Line number -> the comment that ends it."
    try: return {t.start[0]: t.string.lstrip('# ') for t in tokenize.generate_tokens(io.StringIO(source).readline)
                 if t.type == tokenize.COMMENT}
    except (tokenize.TokenError, IndentationError): return {}


class Docments(griffe.Extension):
    "Adds a section of parameters, fields or the return value to what the docstring says."

    def on_function(self, *, func, **kwargs):
        node = self._node(func)
        if node is None: return
        notes = comments('\n'.join(func.lines))
        rows = [(a.arg, notes.get(a.end_lineno)) for a in node.args.posonlyargs + node.args.args + node.args.kwonlyargs]
        back = notes.get(node.returns.end_lineno) if node.returns else None
        self._add(func, 'Args', rows, back if back and not any(back == n for _, n in rows) else None)

    def on_class(self, *, cls, **kwargs):
        notes, rows = comments('\n'.join(cls.lines)), []
        for a in [m for m in cls.members.values() if m.is_attribute and m.annotation is not None]:
            note = a.docstring.value if a.docstring else notes.get(a.lineno - cls.lineno + 1)
            default = f', default `{a.value}`' if a.value is not None else ''
            rows.append(f'    {a.name} ({a.annotation}): {note or ""}{default if note else default[2:]}')
            del cls.members[a.name]                        # a line of the list, not a heading of its own
        if not rows: return
        text = (cls.docstring.value if cls.docstring else '') + '\n\nAttributes:\n' + '\n'.join(r if r.rstrip()[-1] != ':' else r + ' .' for r in rows)
        cls.docstring = griffe.Docstring(text.strip(), parent=cls, parser='google')

    def _node(self, func):
        try: node = ast.parse(textwrap.dedent('\n'.join(func.lines))).body[0]
        except (SyntaxError, IndexError): return None
        return node if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else None

    def _add(self, obj, title, rows, back):
        rows = [(n, c) for n, c in rows if c]
        if not rows and not back: return
        text = obj.docstring.value if obj.docstring else ''
        if rows: text += f'\n\n{title}:\n' + '\n'.join(f'    {n}: {c}' for n, c in rows)
        if back: text += f'\n\nReturns:\n    {back}'
        obj.docstring = griffe.Docstring(text.strip(), parent=obj, parser='google')
