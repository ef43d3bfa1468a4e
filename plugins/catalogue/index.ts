import type { Config, Plugin } from 'payload'

import { buildSitemap } from '../../jobs/catalogue/buildSitemap.ts'
import { expireOffers } from '../../jobs/catalogue/expireOffers.ts'
import type { CatalogueOptions } from '../../src/catalogue/findCatalogue.ts'
import { extendJobs } from '../extend/extendJobs.ts'

/** The upkeep of merchants and offers: ended offers are deactivated, and the sitemap is built. */
export const catalogue =
  (options: CatalogueOptions): Plugin =>
  (config: Config): Config => ({
    ...config,
    custom: { ...extendJobs(config, expireOffers, buildSitemap), catalogue: options },
  })
