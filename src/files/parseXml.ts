import sax from 'sax'

import { DomainError } from '../domain/errors.ts'

type Handlers = {
  /** An element begins. Names are without their namespace. */
  onOpen: (name: string, attributes: Record<string, string>) => void
  onClose?: (name: string) => void
  /** A piece of text; a long text comes in several. */
  onText?: (text: string) => void
  /** Builds the error of XML that is refused, from a problem such as `its XML is malformed`. */
  toError: (problem: string) => DomainError
}

/** Entities of XML alone, not those of HTML. The types do not know the option. */
const OPTIONS: sax.SAXOptions & { strictEntities: boolean } = { strictEntities: true }
const MAX_DEPTH = 40
const MAX_ATTRIBUTES = 60

/**
 * Parses XML as it streams in and calls the handlers. After each piece it yields, so that the caller
 * can take what the handlers collected. A document type is refused, because only it can define
 * entities; what is buffered (a name, an attribute, a comment) has 64 kB at most.
 *
 * @throws DomainError that `toError` builds
 */
export async function* parseXml(
  pieces: AsyncIterable<string> | Iterable<string>,
  { onClose, onOpen, onText, toError }: Handlers,
): AsyncGenerator<'piece'> {
  const parser = sax.parser(true, OPTIONS)
  let depth = 0
  let attributes = 0
  parser.onopentagstart = () => {
    depth += 1
    attributes = 0
    if (depth > MAX_DEPTH) throw toError('its XML is nested too deeply')
  }
  parser.onattribute = () => {
    attributes += 1
    if (attributes > MAX_ATTRIBUTES) throw toError('an element has too many attributes')
  }
  parser.onopentag = ({ attributes: given, name }) => {
    onOpen(withoutPrefix(name), withoutPrefixes(given as Record<string, string>))
  }
  parser.onclosetag = (name) => {
    depth -= 1
    onClose?.(withoutPrefix(name))
  }
  parser.ontext = (text) => onText?.(text)
  parser.oncdata = (text) => onText?.(text)
  parser.ondoctype = () => {
    throw toError('its XML has a document type')
  }
  parser.onerror = (error) => {
    throw error
  }
  try {
    for await (const piece of pieces) {
      parser.write(piece)
      yield 'piece'
    }
    parser.close()
    yield 'piece'
  } catch (error) {
    throw error instanceof DomainError ? error : toError('its XML is malformed')
  }
}

/** Parses a whole part, where the handlers keep what is needed. */
export const parseWholeXml = async (
  pieces: AsyncIterable<string> | Iterable<string>,
  handlers: Handlers,
): Promise<void> => {
  const parsing = parseXml(pieces, handlers)
  while ((await parsing.next()).done !== true);
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Relationship ids keep their prefix apart from other ids: `r:id` becomes `id`, as `Id` stays. */
const withoutPrefixes = (given: Record<string, string>): Record<string, string> => {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(given)) attributes[withoutPrefix(name)] ??= value
  return attributes
}
