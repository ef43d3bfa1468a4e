import { requireJson } from './requireJson.ts'

const echo = requireJson(async (request) => Response.json(await request.json()))
const send = (body: string) =>
  echo(new Request('http://localhost/api/graphql', { method: 'POST', body }))

it('passes a JSON object on unchanged', async () => {
  expect(await (await send('{"query":"{ me }"}')).json()).toEqual({ query: '{ me }' })
})

it.each(['{', '', '[]', '"text"', 'null'])(
  'refuses the body %j with request.malformed-body',
  async (body) => {
    const response = await send(body)
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'request.malformed-body' } }] },
    ])
  },
)
