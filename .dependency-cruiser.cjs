const code = '^(collections|hooks|jobs|plugins|src|test|payload\\.config\\.ts)'
const test = '(\\.test\\.tsx?$|^test/)'

/**
 * The layers of docs/architecture.md, lowest first. A file imports from layers below its own and
 * from its own folder, never from a neighbour in its layer or from above.
 */
const LAYERS = [
  ['src/domain/'],
  ['src/platform/(?!audit/|approvals/)', 'src/files/'],
  ['src/database/'],
  ['src/platform/audit/', 'src/platform/approvals/'],
  ['src/ledger/'],
  ['src/messaging/'],
  [
    'src/members/',
    'src/referrals/',
    'src/cashback/',
    'src/payouts/',
    'src/operations/',
    'src/changes/',
    'src/catalogue/',
  ],
  ['src/admin/', 'src/config/'],
  ['hooks/', 'jobs/'],
  ['collections/'],
  ['plugins/'],
  ['payload\\.config\\.ts$'],
  ['src/server/', 'src/demo/', 'src/cli/', 'src/app/'],
]
/** What any layer may import: generated types, and the environment as a type (see below). */
const ANY = ['^src/payload-types\\.ts$', '^src/config/env\\.ts$']
const pathOf = (part) => `^${part}`

const layerRules = LAYERS.slice(0, -1).flatMap((parts, index) =>
  parts.map((part) => ({
    name: `layer-${part}`,
    severity: 'error',
    comment: `${part} imports from the layers below it alone`,
    from: { path: pathOf(part), pathNot: test },
    to: {
      path: code,
      pathNot: [pathOf(part), ...LAYERS.slice(0, index).flat().map(pathOf), ...ANY],
    },
  })),
)

module.exports = {
  forbidden: [
    ...layerRules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'the rules of money run without a server: no package but a parser of phone numbers',
      from: { path: '^src/domain/', pathNot: test },
      to: { pathNot: ['^src/domain/', 'node_modules/libphonenumber-js'] },
    },
    {
      name: 'adapters-not-payload',
      severity: 'error',
      comment: 'an adapter translates, and knows no rows',
      from: {
        path: '^src/(cashback/networks|payouts/(drivers|webhooks|bankFiles)|messaging/(channels|templates|webhooks|email|sms))/',
        pathNot: test,
      },
      to: { path: 'node_modules/(payload|@payloadcms)' },
    },
    {
      name: 'collections-name-few-parts',
      severity: 'error',
      comment: 'a collection knows its hooks, and nothing of how features work',
      from: { path: '^collections/', pathNot: test },
      to: { path: '^src/(ledger|members|referrals|cashback|payouts|operations|database)/' },
    },
    {
      name: 'admin-decides-nothing',
      severity: 'error',
      comment: 'screens read, and decide nothing',
      from: { path: '^src/admin/', pathNot: test },
      to: { path: '^src/(messaging|referrals|cashback|payouts|operations)/' },
    },
    {
      name: 'simulator-is-a-peer',
      severity: 'error',
      comment: 'a peer on the wire, never a friend in memory',
      from: { path: '^src/simulator/', pathNot: test },
      to: { path: code, pathNot: '^src/simulator/' },
    },
    {
      name: 'simulator-is-a-process',
      severity: 'error',
      comment: 'nothing of the product leans on what stands in for its providers',
      from: { path: code, pathNot: [test, '^src/(simulator|cli)/'] },
      to: { path: '^src/simulator/' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      comment: 'the product does not need its tests',
      from: { path: code, pathNot: test },
      to: { path: '^test/' },
    },
    {
      name: 'env-in-one-place',
      severity: 'error',
      comment: 'payload.config.ts and processes read the environment; all else receives options',
      from: {
        path: code,
        pathNot: [test, '^payload\\.config\\.ts$', '^src/(config|server|demo|cli)/'],
      },
      to: { path: '^src/config/env\\.ts', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'agenda-in-one-place',
      severity: 'error',
      from: { pathNot: '^(src/server|test/bench)/' },
      to: { path: 'node_modules/(agenda|@agendajs)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
