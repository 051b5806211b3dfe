# Lists of ten, of all posts and of each tag: Jekyll itself has no pages of lists.
class Lists < Jekyll::Generator
  SIZE = 10

  def generate(site)
    list(site, "Posts", "blog", site.posts.docs.reverse)
    site.tags.each { |tag, posts| list(site, tag, "tags/#{tag}", posts.sort.reverse) }
  end

  private

  def list(site, title, folder, posts)
    pages = posts.each_slice(SIZE).to_a
    folders = ["", folder, *(2..pages.size).map { |number| "#{folder}/page/#{number}" }]
    pages.each.with_index(1) do |some, number|
      page = Jekyll::PageWithoutAFile.new(site, site.source, folders[number], "index.html")
      page.data.merge!(
        "layout" => "list", "title" => title, "entries" => some,
        "newer" => number > 1 ? folders[number - 1] : nil, "older" => folders[number + 1]
      )
      site.pages << page
    end
  end
end
