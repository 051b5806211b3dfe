"""MDX to Markdown with HTML, as far as no code has to run. What Docusaurus compiles.

Comments, imports and exports go; JSX attributes become HTML's; components that are
known become what Markdown has for them, of others their children stay. The text is read
by a scanner and no parser of JavaScript: what it does not understand stays as it is.
"""

from blog.mdx.values import html_tag
from blog.mdx.walk import prepared

__all__ = ["html_tag", "prepared"]
