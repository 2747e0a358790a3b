/**
 * XML, read as a stream: one small tree for each child of the root, given out as soon as it is
 * complete. What XML can do beyond that (document types, entities, instructions) is refused, and
 * everything is bounded, so that no file takes more memory or time than a good one.
 */
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes'
import type { SeedFault, SeedFaultReason } from '../bank/hardware/seed.ts'
import { faultAt } from './read.ts'

export interface XmlElement {
  /** `pskc:Key`, whatever prefix the file uses, see `PREFIXES`. */
  readonly name: string
  readonly line: number
  /** Those without a namespace. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  /** Its own text, without the white space around it. */
  text: string
}

export interface XmlReader {
  /** Reads on. Nothing may be read after a fault. */
  write(text: string): SeedFault | undefined
  end(): SeedFault | undefined
  root(): XmlElement | undefined
  /** The children of the root that are complete and have not been taken yet. */
  take(): XmlElement[]
}

const MOST_DEPTH = 32
const MOST_ATTRIBUTES = 32
/** Between two children of the kind that the file is about, and before the first. */
const MOST_CHARACTERS_BETWEEN = 1024 * 1024
const MOST_ELEMENTS_BETWEEN = 1_000

const PREFIXES = new Map([
  ['', ''],
  ['urn:ietf:params:xml:ns:keyprov:pskc', 'pskc:'],
  ['urn:ietf:params:xml:ns:keyprov:pskc:1.0', 'draft:'],
  ['urn:ietf:params:xml:ns:keyprov:container', 'draft:'],
  ['urn:ietf:params:xml:ns:keyprov:container:1.0', 'draft:'],
  ['http://www.w3.org/2000/09/xmldsig#', 'ds:'],
  ['http://www.w3.org/2001/04/xmlenc#', 'xenc:'],
  ['http://www.w3.org/2009/xmlenc11#', 'xenc11:'],
  ['http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#', 'pkcs5:'],
])
const OTHER = 'other:'

/** Thrown from a handler: the one way to stop the parser within what it was given. */
class Stopped {
  readonly fault: SeedFault
  constructor(fault: SeedFault) {
    this.fault = fault
  }
}

export interface XmlForm {
  /** The name of those children of the root of which there may be any number. */
  readonly substance: string
  /**
   * The elements that may stand beside another of the same name. Of any other that stands twice the
   * file would have two meanings.
   */
  readonly repeatable: ReadonlySet<string>
}

export function xmlReader({ substance, repeatable }: XmlForm): XmlReader {
  const parser = new SaxesParser({ xmlns: true })
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  let complete: XmlElement[] = []
  let elementsSince = 0
  let substanceEnd = 0
  let ending = false

  const stop = (reason: SeedFaultReason, about?: string): never => {
    throw new Stopped(faultAt(parser.line, reason, about))
  }
  const mayStandBeside = (parent: XmlElement, name: string) =>
    repeatable.has(name) || name.startsWith(OTHER) || childOf(parent, name) === undefined
  const addText = (text: string) => {
    const element = open.at(-1)
    if (element !== undefined && open.length > 1) element.text += text
  }
  // At most six handlers: with a seventh the engine keeps the parser in a form in which it is five
  // times slower. So errors come as throws, and the XML declaration is looked at with the root.
  parser.on('doctype', () => stop('doctype'))
  parser.on('processinginstruction', () => stop('instruction'))
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('opentag', (tag) => {
    elementsSince += 1
    if (open.length === MOST_DEPTH) stop('too-deep')
    if (elementsSince > MOST_ELEMENTS_BETWEEN) stop('too-long')
    const element = elementOf(tag, parser.line)
    if (element === undefined) return stop('too-many-attributes')
    const parent = open.at(-1)
    if (parent === undefined) {
      const { encoding = '' } = parser.xmlDecl
      if (!/^(utf-8|us-ascii|)$/i.test(encoding)) stop('not-utf-8', encoding)
      root = element
    }
    // The root holds none of its children: they are given out one by one.
    else if (open.length > 1) {
      if (!mayStandBeside(parent, element.name)) stop('element-twice', tag.local)
      parent.children.push(element)
    }
    open.push(element)
  })
  parser.on('closetag', () => {
    const element = open.pop()
    if (element === undefined || open.length !== 1) return
    complete.push(element)
    if (element.name !== substance) return
    elementsSince = 0
    substanceEnd = parser.position
  })

  const malformed = (): SeedFaultReason => {
    if (!ending) return 'malformed'
    return root === undefined ? 'no-tokens' : 'cut-off'
  }
  const guarded = (read: () => unknown): SeedFault | undefined => {
    try {
      read()
      if (parser.position - substanceEnd > MOST_CHARACTERS_BETWEEN) stop('too-long')
      return undefined
    } catch (stopped) {
      if (stopped instanceof Stopped) return stopped.fault
      // The parser's own errors are plain ones; any other is a mistake of ours.
      if (!(stopped instanceof Error) || stopped.constructor !== Error) throw stopped
      return faultAt(parser.line, malformed())
    }
  }
  return {
    write: (text) => guarded(() => parser.write(text)),
    end: () =>
      guarded(() => {
        ending = true
        parser.close()
        // The closed parser begins anew, at position 0.
        substanceEnd = 0
      }),
    root: () => root,
    take() {
      const taken = complete
      complete = []
      return taken
    },
  }
}

/** Undefined when it has too many attributes. */
function elementOf(tag: SaxesTagNS, line: number): XmlElement | undefined {
  const name = (PREFIXES.get(tag.uri) ?? OTHER) + tag.local
  let attributes = NONE
  let count = 0
  for (const key in tag.attributes) {
    count += 1
    if (count > MOST_ATTRIBUTES) return undefined
    const { prefix, value } = tag.attributes[key] as SaxesAttributeNS
    if (prefix === '' && key !== 'xmlns') attributes = { ...attributes, [key]: value }
  }
  return { name, line, attributes, children: [], text: '' }
}

const NONE: Readonly<Record<string, string>> = {}

/** The child of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (element === undefined) return undefined
  for (const child of element.children) if (child.name === name) return child
  return undefined
}

/** Descends by names, one level each. */
export const descendantOf = (element: XmlElement | undefined, ...names: readonly string[]) =>
  names.reduce(childOf, element)
