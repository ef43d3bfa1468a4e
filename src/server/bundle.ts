import { projectRoot } from '../projectRoot.ts'

/** Server and command line in plain JavaScript, so that they start without a compiler. */
export const bundle = async (outdir: string): Promise<void> => {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: projectRoot(),
    entryPoints: { tributary: 'src/cli/main.ts' },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}
