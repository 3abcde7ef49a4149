"""Templates as a whole: nothing inline or foreign, a title on every page, a token in every form, no bare words."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

HOUSE = Path(__file__).parents[2]
TEMPLATES = HOUSE / "templates"
STATIC = HOUSE / "mediation" / "static"
FOLDERS = ("desk", "portal", "shared")  # papers are printed, not browsed, and stay Chinese
PAGES = sorted(path for folder in FOLDERS for path in (TEMPLATES / folder).rglob("*.html"))
LAYOUTS = {"shared/layout.html", "desk/layout.html", "portal/layout.html"}
SCRIPTS = sorted(STATIC.rglob("*.js"))
SHEETS = sorted(STATIC.rglob("*.css"))

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
CHINESE = re.compile("[\u4e00-\u9fff]")
TRANSLATORS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}

INLINE_STYLE = re.compile(r"""<[^>]*\sstyle\s*=|<style\b""")
HANDLER = re.compile(r"""\son[a-z]+\s*=\s*["']""")
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\ssrc=)|<script\b[^>]*>\s*[^\s<]|javascript:", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)
FORM = re.compile(r"<form\b(?P<head>.*?)>(?P<body>.*?)</form>", re.DOTALL)
TOKEN = re.compile(r"hidden_tag\(|csrf_token\(|\bhidden\(")

# What the old browsers of government machines (Chromium 86) do not know.
TOO_NEW = {
    ".js": re.compile(r"\?\.[\w[(]|\?\?|\.replaceAll\(|\.at\(|structuredClone|Object\.hasOwn|^\s*static\s*\{", re.M),
    ".css": re.compile(r":has\(|:is\(|:where\(|\binset:|@layer|@container|aspect-ratio|:not\([^()]*,"),
}


def name_of(path):
    return path.relative_to(TEMPLATES).as_posix()


def tree_of(path):
    return ENVIRONMENT.parse(path.read_text(), name_of(path))


FORBIDDEN = [INLINE_STYLE, HANDLER, INLINE_SCRIPT, UNESCAPED, FOREIGN]


each_page = pytest.mark.parametrize("path", PAGES, ids=name_of)


def test_there_is_something_to_check():
    assert {"shared/layout.html", "desk/layout.html", "desk/login.html"} <= {name_of(path) for path in PAGES}
    assert SCRIPTS and SHEETS


@each_page
@pytest.mark.parametrize("pattern", FORBIDDEN, ids=["style", "handler", "script", "unescaped", "foreign"])
def test_nothing_inline_unescaped_or_foreign(path, pattern):
    found = pattern.search(path.read_text())
    assert not found, f"{found.group()!r} would be stopped by the content policy, or should be"


@each_page
def test_every_page_has_a_title(path):
    tree = tree_of(path)
    if tree.find(nodes.Extends) and name_of(path) not in LAYOUTS:
        assert "title" in {block.name for block in tree.find_all(nodes.Block)}


@each_page
def test_every_form_that_changes_something_carries_a_token(path):
    for form in FORM.finditer(path.read_text()):
        if re.search(r"""method\s*=\s*["']?post""", form["head"], re.IGNORECASE):
            assert TOKEN.search(form["body"]), f"no token in <form{form['head']}>"
        else:
            assert not TOKEN.search(form["body"]), "a token in an address can be read by others"


@each_page
def test_macros_that_are_imported_exist(path):
    for wanted in tree_of(path).find_all(nodes.FromImport):
        source = TEMPLATES / wanted.template.value
        offered = {macro.name for macro in tree_of(source).find_all(nodes.Macro)}
        names = {each if isinstance(each, str) else each[0] for each in wanted.names}
        assert names <= offered, f"{wanted.template.value} has no {', '.join(sorted(names - offered))}"


@each_page
def test_macros_are_kept_from_page_to_page(path):
    taken = list(tree_of(path).find_all(nodes.FromImport))
    assert not [each.template.value for each in taken if each.with_context], "would be made anew for each page"


def test_macros_know_only_what_they_are_given(standing_app):
    taken = {each.template.value for path in PAGES for each in tree_of(path).find_all(nodes.FromImport)}
    assert "shared/macros.html" in taken
    jinja = standing_app.jinja_env
    for name in sorted(taken):
        tree = jinja.parse((TEMPLATES / name).read_text(encoding="utf-8"))
        unknown = meta.find_undeclared_variables(tree) - jinja.globals.keys()
        assert not unknown, f"{name} waits for what a page does not pass on: {unknown}"


@each_page
def test_every_word_can_be_translated(path):
    assert bare_words(tree_of(path)) == []


def bare_words(node, is_translated=False):
    """Return the Chinese texts below a node of a template that do not go through gettext."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATORS:
        is_translated = True
    text = getattr(node, "data", None) if isinstance(node, nodes.TemplateData) else getattr(node, "value", None)
    own = [text.strip()] if isinstance(text, str) and CHINESE.search(text) and not is_translated else []
    return own + [each for child in node.iter_child_nodes() for each in bare_words(child, is_translated)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>登录</p>", ["<p>登录</p>"]),
        ("{{ page_head('登录') }}", ["登录"]),
        ("{{ pgettext('menu', '登录') }}", []),
        ("{{ _('登录') }} · {{ _('共 %(n)s 件', n=3) }}{# 说明 #}", []),
    ],
)
def test_bare_words_are_found(source, found):
    assert bare_words(ENVIRONMENT.parse(source)) == found


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        (INLINE_STYLE, '<p class="a" style="color: red">'),
        (HANDLER, '<a href="#" onclick="go()">'),
        (INLINE_SCRIPT, "<script>alert(1)</script>"),
        (INLINE_SCRIPT, '<a href="javascript:go()">'),
        (UNESCAPED, "{{ story | safe }}"),
        (FOREIGN, '<script src="//cdn.example/x.js">'),
        (FOREIGN, "@import url(https://fonts.example/x.css)"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern, source):
    assert pattern.search(source)


@pytest.mark.parametrize("path", SCRIPTS + SHEETS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_own_files_reach_no_other_host_and_run_in_old_browsers(path):
    text = path.read_text()
    assert not FOREIGN.search(text) and "eval(" not in text and "document.write" not in text
    found = TOO_NEW[path.suffix].search(text)
    assert not found, f"{found.group()!r} is newer than Chromium 86"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_the_script_has_no_words_of_its_own(path):
    assert not CHINESE.search(path.read_text())
