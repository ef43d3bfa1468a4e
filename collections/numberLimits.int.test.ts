import type { Field, NumberField } from 'payload'

import { createUser, signIn } from '../test/support/factories.ts'
import { type Product, startProduct } from '../test/support/startProduct.ts'

type Limited = { path: string; field: NumberField }

let product: Product
let authorization: string
beforeAll(async () => {
  product = await startProduct()
  authorization = await signIn(
    product.payload,
    await createUser(product.payload, { role: 'admin' }),
  )
})
afterAll(() => product.close())

const numbersIn = (path: string, fields: readonly Field[]): Limited[] =>
  fields.flatMap((field) => {
    if (field.type === 'number') return [{ path: `${path}.${field.name}`, field }]
    const name = 'name' in field ? `${path}.${field.name}` : path
    return 'fields' in field ? numbersIn(name, field.fields) : []
  })

const judge = async ({ field }: Limited, value: number): Promise<boolean> => {
  const context = { ...field, req: { t: String } }
  return (await field.validate?.(value as never, context as never)) === true
}

it('a number outside the limits of its field is refused, in every collection and global', async () => {
  const { collections, globals } = product.payload.config
  const all = [...collections, ...globals].flatMap(({ fields, slug }) => numbersIn(slug, fields))
  const taken: string[] = []
  for (const one of all) {
    const { max, min } = one.field
    if (min !== undefined && (await judge(one, min - 1))) taken.push(`${one.path} below ${min}`)
    if (max !== undefined && (await judge(one, max + 1))) taken.push(`${one.path} above ${max}`)
  }
  expect(all.length).toBeGreaterThan(40)
  expect(taken).toEqual([])
})

it.each(['actorAboveMinor', 'aboveMinor'])(
  'a limit of %s below zero is not stored',
  async (name) => {
    const answer = await product.rest<{ errors: { code: string; field: string }[] }>(
      'POST',
      '/api/globals/finance-config',
      { authorization, body: { secondPerson: [{ currency: 'INR', aboveMinor: 1, [name]: -5 }] } },
    )
    expect([answer.status, answer.body.errors[0]]).toMatchObject([
      400,
      { code: 'request.invalid', field: `secondPerson.0.${name}` },
    ])
    const { secondPerson } = await product.payload.findGlobal({ slug: 'finance-config', depth: 0 })
    expect(secondPerson).toMatchObject([{ aboveMinor: 500_000 }])
  },
)
