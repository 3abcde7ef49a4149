"""A page's form as somebody would send it."""

from html.parser import HTMLParser


class Filled(HTMLParser):
    """The fields of a page's main form, filled: first choices chosen, empty texts written."""

    def __init__(self, html):
        super().__init__()
        self.fields, self._select, self._text, self._in_main = {}, None, None, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name, kind = given.get("name"), given.get("type", "text")
        self._in_main |= tag == "main"
        if not self._in_main:
            return
        if tag == "input" and name and kind not in ("submit", "file"):
            filled = given.get("value") or "说明理由"
            if kind != "radio" or name not in self.fields:
                self.fields[name] = filled
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and (given.get("value") or "") and self._select not in self.fields:
            self.fields[self._select] = given["value"]
        elif tag == "textarea":
            self._text = name
            self.fields[name] = "说明理由"
        elif tag == "button" and name:
            self.fields[name] = given.get("value") or "1"

    def handle_endtag(self, tag):
        self._in_main &= tag != "main"
