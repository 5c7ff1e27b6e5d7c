"""Takes files in, whole: as the bare body of a request or as the parts of a form.

Not here: uploads that go on after a break (`uploads`); what is done with a picture (`file_previews`).
"""
