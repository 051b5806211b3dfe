// The page of this site whose address is nearest to the one that was asked for, if any is near.
const link = document.querySelector("[data-sitemap]");
const plain = (address) => { try { return decodeURI(address); } catch { return address; } };
const bare = (address) => plain(address).toLowerCase().replace(/(index)?(\.html?)?\/?$/, "");
const last = (address) => address.slice(address.lastIndexOf("/") + 1);

function apart(a, b) {
  const longest = Math.max(a.length, b.length, 1);
  if (Math.abs(a.length - b.length) > 0.4 * longest) return 1;
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    row = row.reduce((next, above, j) => {
      if (j) next.push(Math.min(above + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1])));
      return next;
    }, [i]);
    if (Math.min(...row) > 0.4 * longest) return 1;
  }
  return row[b.length] / longest;
}

const asked = bare(location.pathname).slice(0, 200);
const sitemap = await (await fetch(link.dataset.sitemap)).text();
const near = [...new DOMParser().parseFromString(sitemap, "text/xml").querySelectorAll("loc")]
  .map((loc) => new URL(loc.textContent).pathname)
  .map((path) => [Math.min(apart(asked, bare(path)), apart(last(asked), last(bare(path))) + 0.1), path])
  .reduce((best, found) => (found[0] < best[0] ? found : best), [0.4]);
if (near[1]) Object.assign(link, { href: near[1], textContent: plain(near[1]) });
