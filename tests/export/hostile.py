# Texts that a page or a terminal could take for its own: all of them must be shown.
text = "</script><script>document.title = 'broken in'</script><!--"
escape = "\x1b[2J\x1b]0;broken in\x07\x9b31m"
print(text)
print(escape)
names = {"<b>&amp;": text, "`code`": escape, "\u202e": "\u2028"}  # ‮ is an override
for name in names:
    print(name, "<img src=x onerror=document.title='broken_in'>")
