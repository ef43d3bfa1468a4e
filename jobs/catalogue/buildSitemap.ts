import { buildSitemap as build } from '../../src/catalogue/sitemap/buildSitemap.ts'
import { findCatalogue } from '../../src/catalogue/findCatalogue.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/** Builds the sitemap of the members' site every night. */
export const buildSitemap = defineJob({
  name: 'build-sitemap',
  kind: 'maintenance',
  schedule: '0 4 * * *',
  isSingleton: true,

  run: ({ now, payload }) => build(payload, { now, siteUrl: findCatalogue(payload).siteUrl }),
})
