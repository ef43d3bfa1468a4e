import { fileURLToPath } from 'node:url'

import tseslint from 'typescript-eslint'

const LOCAL_API =
  '/^(create|update|delete|find|findByID|count|findVersions|findGlobal|updateGlobal|duplicate|login)$/'
const withoutReq = (object) =>
  `CallExpression[${object}][callee.property.name=${LOCAL_API}] > ObjectExpression.arguments:not(:has(> Property[key.name="req"]))`
const REQ_MESSAGE =
  'Pass req: without it this call runs outside the transaction, and waits for ever on a row the request has locked.'

export default tseslint.config(
  {
    ignores: [
      '.next/',
      'dist/',
      'node_modules/',
      'src/database/migrations/',
      'src/payload-types.ts',
      'src/app/',
      'next-env.d.ts',
    ],
  },
  { files: ['**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)),
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      // Payload deprecates members of its unions for a version that is not out.
      '@typescript-eslint/no-deprecated': 'off',
      // Numbers are allowed in a template; everything else is still checked.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['warn', { max: 250, skipBlankLines: true }],
      'max-lines-per-function': ['warn', { max: 50, skipBlankLines: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name="process"][property.name="env"]',
          message: 'Only src/config/env.ts reads the environment.',
        },
      ],
    },
  },
  // The player is one table of actions: in two files it would be harder to follow.
  { files: ['test/proofs/model/player.ts'], rules: { 'max-lines': 'off' } },
  {
    // The set-up of a test file restores the environment.
    files: ['src/config/env.ts', 'test/support/setUpTestFile.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['hooks/**/*.ts', 'plugins/**/*.{ts,tsx}', 'collections/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.test.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['callee.object.name="payload"', 'callee.object.property.name="payload"'].map(
          (object) => ({
            selector: withoutReq(object),
            message: REQ_MESSAGE,
          }),
        ),
        {
          selector: 'MemberExpression[object.name="process"][property.name="env"]',
          message: 'Only src/config/env.ts reads the environment.',
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'test/**'],
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      // Matchers such as expect.any() are typed as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
)
