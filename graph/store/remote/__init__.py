"""A SPARQL 1.1 server as the store, by plain HTTP: whatever a folder can be asked, it can too.

    client.py     requests: where the server's services are, who asks, what is tried again
    layout.py     what lies where in the server's graphs, and the texts of queries about it
    store.py      reading
    search.py     finding by name and by words
    writer.py     writing: an article is one atomic update
    articles.py   what each article states, worked on in a copy and kept in the server
    lease.py      who the one writer is
    check.py      whether the server has what was written

Nothing but SPARQL 1.1 Query and Update is asked of a server.
"""
