import type { Postgres } from '../../../src/server/postgres/startPostgres.ts'
import {
  type SpawnedSimulator,
  spawnSimulator,
} from '../../../src/server/processes/spawnSimulator.ts'
import { createUser, signIn } from '../../support/factories.ts'
import {
  ACCOUNTS,
  createMethod,
  creditMember,
  setPayoutRules,
} from '../../support/payoutFactories.ts'
import { type BuiltProduct, startBuiltProduct } from '../../support/startBuiltProduct.ts'
import { type Gate, openGate } from './openGate.ts'
import { type Payer, PAYERS, settingsOfPayers } from './payers.ts'
import { type KillableWeb, openWeb, WEB_NAME } from './openWeb.ts'
import { type Crew, startCrew } from './startCrew.ts'

/** A member who is paid by one driver. */
export type Person = {
  id: string
  /** The `Authorization` header. */
  authorization: string
  method: string
  currency: string
}

/** The processes of the proof: web and workers of the built product, and the simulated providers. */
export type Stage = {
  product: BuiltProduct
  simulator: SpawnedSimulator
  gate: Gate
  crew: Crew
  web: KillableWeb
  /** `Authorization` of finance. */
  finance: string
  /** By the name of the driver. */
  people: ReadonlyMap<string, Person>
  stop: () => Promise<void>
}

/** Each member is credited with this, and withdraws `AMOUNT_MINOR` each time. */
export const CREDIT_MINOR = 50_000_000
export const AMOUNT_MINOR = 10_000
export const FEE_MINOR = 100

/** Short, because another worker takes over only when the lease of a killed one has ended. */
const LEASE_SECONDS = 2
/** A killed worker is replaced by one that is ready, while a new one starts. */
const WORKERS = 3

export const startStage = async (postgres: Postgres): Promise<Stage> => {
  const simulator = await spawnSimulator()
  const gate = await openGate(simulator.url)
  const common = {
    TRIBUTARY_CLOCK: `${simulator.url}/control/clock`,
    PAYOUT_LEASE_SECONDS: String(LEASE_SECONDS),
    SENDGRID_API_KEY: 'SG.proof',
    FROM_EMAIL: 'rewards@proof.test',
    SENDGRID_BASE_URL: `${simulator.url}/sendgrid`,
    SENDGRID_PER_SECOND: '10000',
  }
  const ownSettings = { ...common, ...settingsOfPayers(gate.url), PGAPPNAME: WEB_NAME }
  const product = await startBuiltProduct(postgres, ownSettings)
  const web = openWeb(product, ownSettings)
  const crew = await startCrew(WORKERS, (name) => ({
    ...common,
    ...settingsOfPayers(`${gate.url}/${name}`),
    DATABASE_URL: product.web.databaseUrl,
    PAYLOAD_SECRET: product.web.secret,
  }))
  const database = { payload: product.payload, sql: product.query }
  await setPayoutRules(
    database,
    PAYERS.map(({ currency, kind, name }) => ({
      currency,
      kind,
      driver: name,
      fee_fixed_minor: FEE_MINOR,
    })),
  )
  const people = new Map<string, Person>()
  for (const payer of PAYERS) people.set(payer.name, await createPerson(product, payer))
  const finance = await createUser(product.payload, { role: 'finance' })
  return {
    product,
    simulator,
    gate,
    crew,
    web,
    people,
    finance: await signIn(product.payload, finance),
    stop: async () => {
      await crew.stop()
      await web.stop()
      await product.stop()
      await gate.close()
      await simulator.stop()
    },
  }
}

/** Creates a member with a confirmed method of the payer's kind, and credits it. */
export const createPerson = async (
  { payload, query }: BuiltProduct,
  { currency, kind }: Pick<Payer, 'currency' | 'kind'>,
  amountMinor = CREDIT_MINOR,
): Promise<Person> => {
  const member = await createUser(payload, { name: 'Asha Rao' })
  await creditMember(payload, { member: member.id, amountMinor, currency })
  const method = await createMethod(
    { payload, sql: query },
    { member: member.id, account: ACCOUNTS[kind] },
  )
  return { id: member.id, authorization: await signIn(payload, member), method, currency }
}
