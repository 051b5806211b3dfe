export default {
  layout: "post.njk",
  permalink: (post) => `/blog/${post.slug}/`,
};
