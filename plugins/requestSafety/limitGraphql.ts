import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql'

const MAX_LEVELS = 8
const NOTHING = parse('{ __typename }')

/**
 * Refuses a GraphQL query that nests deeper than 8 levels or selects more than `maxFields` fields.
 * Fragments count wherever they are spread, aliases and operations one by one.
 *
 * Runs before all other rules, because some of them visit a fragment as often as it is spread: in a
 * short query that can be billions of times. So a refused query is replaced by an empty one.
 */
export const limitGraphql =
  (maxFields: number) =>
  (args: ExecutionArgs): ValidationRule[] => {
    const { fields, levels } = measureQuery(args.document)
    if (levels <= MAX_LEVELS && fields <= maxFields) return []
    args.document = NOTHING
    return [refuse]
  }

const refuse: ValidationRule = (context) => {
  const error = new GraphQLError('The query is too deep. Request less at once.', {
    extensions: { code: 'request.query-too-deep', statusCode: 400 },
  })
  context.reportError(error)
  return {}
}

type Size = { fields: number; levels: number }
const NONE: Size = { fields: 0, levels: 0 }
const ENDLESS: Size = { fields: Infinity, levels: Infinity }

/** The size of all operations, or of the largest fragment: rules also visit unused fragments. */
const measureQuery = ({ definitions }: DocumentNode): Size => {
  const fragments = new Map(definitions.filter(isFragment).map((one) => [one.name.value, one]))
  const measured = new Map<string, Size>()

  const measure = (set: SelectionSetNode | undefined): Size =>
    sum((set?.selections ?? []).map(measureOne))

  const measureOne = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return measure(selection.selectionSet)
    if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value)
    if (INTROSPECTION.includes(selection.name.value)) return NONE
    const { fields, levels } = measure(selection.selectionSet)
    return { fields: fields + 1, levels: levels + 1 }
  }

  /** Measures each fragment once. A fragment that spreads itself, also indirectly, is endless. */
  const measureFragment = (name: string): Size => {
    const known = measured.get(name)
    if (known) return known
    measured.set(name, ENDLESS)
    const size = measure(fragments.get(name)?.selectionSet)
    measured.set(name, size)
    return size
  }

  const operations = sum(definitions.filter(isOperation).map((one) => measure(one.selectionSet)))
  return largest([operations, ...[...fragments.keys()].map(measureFragment)])
}

/** Introspection queries are deep. In production they are refused altogether. */
const INTROSPECTION = ['__schema', '__type']

const isFragment = (node: DocumentNode['definitions'][number]): node is FragmentDefinitionNode =>
  node.kind === Kind.FRAGMENT_DEFINITION
const isOperation = (node: DocumentNode['definitions'][number]): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION

const sum = (sizes: Size[]): Size => ({
  fields: sizes.reduce((total, { fields }) => total + fields, 0),
  levels: largest(sizes).levels,
})

const largest = (sizes: Size[]): Size =>
  sizes.reduce(
    (most, { fields, levels }) => ({
      fields: Math.max(most.fields, fields),
      levels: Math.max(most.levels, levels),
    }),
    NONE,
  )
