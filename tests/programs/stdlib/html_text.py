# html: escaping and references
import html
import html.entities

for text in ["<a href=\"x\">it's & more</a>", "", "plain", "é<"]:
    print(html.escape(text), html.escape(text, quote=False), html.unescape(html.escape(text)) == text)
for text in ["&amp;&lt;&gt;&quot;&#39;&#x27;", "&amp &lt", "&notit; &notin; &not", "&eacute;&Eacute;&euro;", "&#128;&#150;&#x80", "&#0;&#xD800;&#x110000;&#1;&#xFFFE;x", "&unknown; & &; &#; &#x;",
             "&NotEqualTilde;", "&ampamp;", "a&b", "&#65&#66;", "&CounterClockwiseContourIntegral;", "&lang;&rang;", "&#99999999999;", "&copy2024", "&para&sect;"]:
    print(ascii(html.unescape(text)))
print(len(html.entities.html5), len(html.entities.name2codepoint), html.entities.name2codepoint["lang"], html.entities.codepoint2name[233], ascii(html.entities.entitydefs["eacute"]), ascii(html.entities.html5["amp"]), "amp;" in html.entities.html5)
