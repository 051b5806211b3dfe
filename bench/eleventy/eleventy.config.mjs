import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";

const SIZE = 10; // posts a list page shows

/** The pages of a list that begins at `address`: ten posts each, newest first. */
function pages(title, address, posts) {
  const count = Math.ceil(posts.length / SIZE);
  return Array.from({ length: count }, (_, at) => ({
    title,
    address: at ? `${address}page/${at + 1}/` : address,
    posts: posts.slice(at * SIZE, (at + 1) * SIZE),
    newer: at ? (at > 1 ? `${address}page/${at}/` : address) : "",
    older: at + 1 < count ? `${address}page/${at + 2}/` : "",
  }));
}

function newestFirst(api) {
  return api.getFilteredByGlob("content/posts/*.md").reverse();
}

function tagged(posts) {
  const tags = new Map();
  for (const post of posts)
    for (const tag of post.data.tags) {
      if (!tags.has(tag)) tags.set(tag, []);
      tags.get(tag).push(post);
    }
  return [...tags].sort(([a], [b]) => (a < b ? -1 : 1));
}

export default function (eleventy) {
  eleventy.addPlugin(syntaxHighlight);
  eleventy.addPlugin(feedPlugin, {
    type: "rss",
    outputPath: "/rss.xml",
    collection: { name: "posts", limit: 20 },
    metadata: { title: "Bench", language: "en", subtitle: "Bench", base: "https://example.org/", author: { name: "Bench" } },
  });
  eleventy.addCollection("posts", (api) => newestFirst(api).reverse());
  eleventy.addCollection("tags", (api) => tagged(newestFirst(api)).map(([name, posts]) => ({ name, count: posts.length })));
  eleventy.addCollection("lists", (api) => {
    const posts = newestFirst(api);
    return [
      ...pages("Posts", "/blog/", posts),
      ...tagged(posts).flatMap(([tag, some]) => pages(tag, `/tags/${tag}/`, some)),
    ];
  });
  eleventy.addCollection("neighbours", (api) => {
    const posts = newestFirst(api);
    return Object.fromEntries(posts.map((post, at) => [post.url, { newer: posts[at - 1], older: posts[at + 1] }]));
  });
  eleventy.addFilter("day", (date) => date.toISOString().slice(0, 10));
  eleventy.addFilter("minutes", (html) => Math.ceil(html.split(/\s+/).length / 200));
  eleventy.addFilter("summary", (html) => html.split("<!--more-->")[0]);
  return {
    markdownTemplateEngine: false,
    dir: { input: "content", includes: "../_includes", output: "public" },
  };
}
