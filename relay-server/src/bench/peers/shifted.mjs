// Any adapter of the peers bench, on other documents: the bench's generators number theirs from 0, and every round needs fresh ones.
// The query says which: adapter (a path), offset and docs (of this round), total (of all that were seeded: whom seed() let in).
const query = new URL(import.meta.url).searchParams
const [offset, docs, total] = ['offset', 'docs', 'total'].map((name) => Number(query.get(name)))
const { Client: Plain } = await import(query.get('adapter'))

export class Client extends Plain {
  constructor (o) {
    const doc = Number(o.doc.slice('doc-'.length)) + offset
    const person = /^user-(\d+)$/.exec(o.user)
    super({ ...o, doc: 'doc-' + doc, user: person ? 'user-' + (doc + total * Math.floor(Number(person[1]) / docs)) : o.user })
  }
}
