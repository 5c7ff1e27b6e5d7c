"""Files: what is known of each, who may read it, and where it lies in the store.

Not here: taking files in (`file_uploads`, `uploads`), giving them out (`file_downloads`, `public_links`), pictures made
of them (`file_previews`), their belonging to posts (`post_files`), finding them (`file_search`).
"""
