"""The views: exactly what each template may see, as frozen values.

A template gets its view as `page` and the interface strings of its language as `t`. Every href is
ready to use; templates never join addresses. An output's bytes are a function of its view, its
template and the strings, and of nothing else.
"""
