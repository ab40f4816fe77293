// The changes of chapter 5 and the hashes of chapter 11 against the golden files and vectors of the core, without a relay.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LEFT, RIGHT, applied, beginning, compose, difference, moved, movedCaret, same, transform } from './change.mjs'
import { CHAIN_START, Document, chained } from './document.mjs'

const resources = new URL('../../../../ot-shared/src/test/resources/', import.meta.url)
const bytes = (name) => Buffer.from(readFileSync(new URL(`golden/${name}.json`, resources), 'utf8').trimEnd()) // a frame has no line break behind it
const spelt = (name) => bytes(name).toString()
const golden = (name) => JSON.parse(bytes(name))
const vectors = JSON.parse(readFileSync(new URL('vectors.json', resources)))
const page = readFileSync(new URL('../../../../docs/PROTOCOL.md', import.meta.url), 'utf8')
const fresh = () => Document.ofPieces([{ piece: ['\n'] }])

/** The rows of a table of PROTOCOL.md that is marked by name, the cells without back ticks. */
function table (name) {
  const rows = page.split(`<!-- table ${name} -->\n`)[1].split('\n\n')[0].trim().split('\n').slice(2)
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').replaceAll('`', '')))
}

test('every vector composes and transforms as the core does', () => {
  assert.ok(vectors.length > 100)
  for (const v of vectors) {
    if (v.then) assert.deepEqual(compose(v.a, v.then), v.composed)
    assert.deepEqual(transform(v.c, v.a, RIGHT), v.cAfterA)
    assert.deepEqual(transform(v.a, v.c, LEFT), v.aAfterC)
  }
})

test('both ways round a diamond lead to the text, formatting included, that the vectors name', () => {
  for (const v of vectors) {
    const one = Document.ofPieces([{ piece: v.text }]); const other = Document.ofPieces([{ piece: v.text }])
    one.apply(v.a)
    one.apply(transform(v.c, v.a, RIGHT))
    other.apply(v.c)
    other.apply(transform(v.a, v.c, LEFT))
    const merged = Document.ofPieces([{ piece: v.merged }])
    assert.equal(one.canonical(), merged.canonical())
    assert.equal(other.canonical(), merged.canonical())
    assert.equal(one.text, merged.text)
  }
})

test('the worked examples of PROTOCOL.md', () => {
  for (const [a, b, both] of table('compose')) assert.deepEqual(compose(JSON.parse(a), JSON.parse(b)), JSON.parse(both))
  for (const [a, c, cAfterA, aAfterC] of table('transform')) {
    assert.deepEqual(transform(JSON.parse(c), JSON.parse(a), RIGHT), JSON.parse(cAfterA))
    assert.deepEqual(transform(JSON.parse(a), JSON.parse(c), LEFT), JSON.parse(aAfterC))
  }
})

test('the wrong side is not a matter of taste', () => {
  const wrong = vectors.filter((v) => !same(transform(v.c, v.a, LEFT), v.cAfterA))
  assert.ok(wrong.length > 20, `only ${wrong.length} vectors would notice`)
})

test('the golden commits make the golden document, its hashes and its chain', () => {
  const document = fresh()
  let chain = CHAIN_START
  const said = [[document.contentHash(), chain]]
  assert.equal(document.canonical(), spelt('document-new'))
  for (const name of ['committed-1', 'committed-2', 'committed-3']) {
    const { delta, events, contentHash } = golden(name)
    document.apply(delta, events)
    chain = chained(chain, bytes(name))
    said.push([document.contentHash(), chain])
    if (contentHash) assert.equal(document.contentHash(), contentHash)
  }
  assert.equal(document.canonical(), spelt('document'))
  assert.deepEqual(said, table('hashes').map(([, content, hash]) => [content, hash]))
})

test('golden snapshots and ranges, whole and in pieces, make the same document', () => {
  const whole = Document.ofPieces([golden('snapshot-1'), golden('snapshot-2')])
  assert.equal(whole.canonical(), spelt('document'))
  const ranged = fresh()
  ranged.apply(golden('committed-1').delta)
  const { delta, events, contentHash } = golden('range')
  ranged.apply(delta, events)
  assert.equal(ranged.contentHash(), contentHash)
  const parts = fresh()
  parts.apply(compose(golden('range-1').delta, golden('range-2').delta))
  const single = fresh()
  for (const name of ['committed-1', 'committed-2']) single.apply(golden(name).delta)
  assert.equal(parts.canonical(), single.canonical())
})

test('comment threads change as chapter 7 says', () => {
  const document = fresh()
  for (const name of ['committed-1', 'committed-2', 'committed-3']) document.apply(golden(name).delta, golden(name).events)
  const events = golden('submit-comments').events
  const shape = () => JSON.parse(document.canonical()).threads
  document.apply([12], events.slice(0, 2))
  assert.deepEqual(shape()[0][2].map((c) => c[3]), ['Is "Hello" too casual?', 'I like it!'])
  document.apply([12], [{ ...events[1], author: 'a'.repeat(32), text: 'not mine' }, events[2]])
  assert.equal(shape()[0][1], true)
  assert.equal(shape()[0][2][1][3], 'I like it!')
  document.apply([12], events.slice(3))
  assert.equal(shape(), undefined)
  document.apply([12], events.slice(0, 1)) // a reply to a thread that is gone
  assert.equal(shape(), undefined)
})

test('a change for another text is refused', () => {
  assert.throws(() => fresh().apply([2]), /a change of 2 units for a text of 1/)
  assert.throws(() => fresh().apply([-1]), /newline at the end/)
})

test('runs stay the longest stretches of equal attributes, whatever was done to them', () => {
  for (const v of vectors) {
    const document = Document.ofPieces([{ piece: v.text }])
    document.apply(v.a)
    const ops = JSON.parse(document.canonical()).ops
    assert.equal(Document.ofPieces([{ piece: ops }]).canonical(), document.canonical())
    for (let i = 1; i < document.runs.length; i++) assert.notEqual(document.runs[i].a, document.runs[i - 1].a)
    assert.equal(document.runs.reduce((n, run) => n + run.n, 0), document.text.length)
  }
})

test('positions go where chapter 10 says', () => {
  assert.equal(moved(2, [1, 'xy', 4], false), 4)
  assert.equal(moved(2, [2, 'xy', 3], false), 2)
  assert.equal(moved(2, [2, 'xy', 3], true), 4)
  assert.equal(moved(3, [1, -3, 1], false), 1)
  assert.equal(moved(3, [-2, 'x', -2, 1], false), 1)
  assert.deepEqual(movedCaret([1, 3], [1, 'x', 2, 'y', 2], false), [2, 4])
  assert.deepEqual(movedCaret([3, 1], [1, 'x', 2, 'y', 2], false), [4, 2])
  assert.deepEqual(movedCaret([2, 2], [2, 'x', 3], true), [3, 3])
})

test('a change that is too large for one submission is sent as several that do the same', () => {
  const limits = { units: 7, components: 4, bytes: 200 }
  for (const v of vectors) {
    const whole = Document.ofPieces([{ piece: v.text }]); const inParts = Document.ofPieces([{ piece: v.text }])
    whole.apply(v.a)
    for (let rest = v.a, parts = 0; rest; parts++) {
      const [now, more] = beginning(rest, limits)
      const inserts = now.map((c) => (Array.isArray(c) ? c[0] : c)).filter((what) => typeof what === 'string')
      assert.ok(inserts.join('').length <= 7 && now.length <= 5, JSON.stringify(now))
      for (const text of inserts) assert.ok(!/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(text))
      inParts.apply(now)
      rest = more
      assert.ok(parts < 500)
    }
    assert.equal(inParts.canonical(), whole.canonical())
  }
})

test('the difference of two texts leads from one to the other and cuts no pair', () => {
  for (const [from, to] of [['abc\n', 'axc\n'], ['\n', 'a\n'], ['😀\n', '😁\n'], ['a\n', 'aa\n'], ['same\n', 'same\n'], ['x😀😀\n', 'x😀\n']]) {
    const d = difference(from, to, null)
    assert.equal(applied(d, from), to)
    for (const c of d) if (typeof c === 'string') assert.ok(!/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(c))
  }
})
