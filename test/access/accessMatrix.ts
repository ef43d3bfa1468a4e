import { createLocalReq, type FlattenedField, type Payload, type PayloadRequest } from 'payload'

const ROLES = [
  'anonymous',
  'member',
  'support',
  'finance',
  'admin',
  'machine, no scope',
  'payments:write',
  'refunds:write',
  'members:read',
  'catalogue:read',
] as const
export type AccessRole = (typeof ROLES)[number]
export const OPERATIONS = ['create', 'read', 'update', 'delete'] as const
type Operation = (typeof OPERATIONS)[number]
export type Reach = 'all' | 'none' | 'own'

const MEMBER_ID = '00000000-0000-7000-8000-00000000abcd'

type Rule = (args: { req: PayloadRequest; id?: string; data?: object; doc?: object }) => unknown
type Entity = { slug: string; access: Record<string, Rule>; flattenedFields: FlattenedField[] }

const PEOPLE = ['member', 'support', 'finance', 'admin']

/** Creates a request of a user or machine with this role or scope. */
export const createRequestAs = (payload: Payload, role: AccessRole): Promise<PayloadRequest> => {
  if (role === 'anonymous') return createLocalReq({}, payload)
  const user = PEOPLE.includes(role)
    ? { id: MEMBER_ID, collection: 'users', role, email: 'matrix@example.test' }
    : { id: MEMBER_ID, collection: 'service-accounts', scopes: role.includes(':') ? [role] : [] }
  return createLocalReq({ user: user as never }, payload)
}

/** Evaluates the access rule of an operation: `own` stands for a rule that restricts the rows. */
export const findReach = async (
  entity: Entity,
  operation: string,
  req: PayloadRequest,
): Promise<Reach> => {
  const rule = entity.access[operation]
  if (!rule) return 'none'
  const access = await rule({ req, id: MEMBER_ID, data: {} })
  if (access === true) return 'all'
  return access ? 'own' : 'none'
}

const listFieldLetters = async (
  entity: Entity,
  field: FlattenedField & { access?: Record<string, Rule> },
  req: PayloadRequest,
  operations: readonly Operation[],
): Promise<string> => {
  let letters = ''
  for (const operation of operations) {
    if ((await findReach(entity, operation, req)) === 'none') continue
    const rule = field.access?.[operation]
    const doc = { id: MEMBER_ID }
    if (!rule || (await rule({ req, id: MEMBER_ID, data: doc, doc })))
      letters += operation.charAt(0)
  }
  return letters || '–'
}

/** All collections and globals, Payload's internal ones included. */
export const listEntities = (payload: Payload): { collections: Entity[]; globals: Entity[] } => ({
  collections: payload.config.collections,
  globals: payload.config.globals,
})

/**
 * Formats the access rules of the configuration as Markdown: role × collection × operation × field.
 * A collection, field or rule that is added or changed changes this text.
 */
export const formatAccessMatrix = async (payload: Payload): Promise<string> => {
  const requests = await Promise.all(ROLES.map((role) => createRequestAs(payload, role)))
  const lines: string[] = []
  const row = (cells: string[]) => lines.push(`| ${cells.join(' | ')} |`)
  const { collections, globals } = listEntities(payload)
  for (const [kind, entities] of [
    ['', collections],
    ['global ', globals],
  ] as const) {
    const operations = kind ? (['read', 'update'] as const) : OPERATIONS
    for (const entity of entities) {
      lines.push('', `## ${kind}${entity.slug}`, '')
      row(['', ...ROLES])
      row(['---', ...ROLES.map(() => '---')])
      for (const operation of operations) {
        row([
          operation,
          ...(await Promise.all(requests.map((req) => findReach(entity, operation, req)))),
        ])
      }
      for (const field of entity.flattenedFields) {
        const letters = requests.map((req) =>
          listFieldLetters(entity, field as never, req, operations),
        )
        row([`\`${field.name}\``, ...(await Promise.all(letters))])
      }
    }
  }
  return lines.join('\n').trim()
}
