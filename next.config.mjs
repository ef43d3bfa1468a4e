import { withPayload } from '@payloadcms/next/withPayload'

export default withPayload(
  {
    poweredByHeader: false,
    reactStrictMode: true,
    // `npm run check` checks types, with the tests and tools that a build does not need.
    typescript: { ignoreBuildErrors: true },
    // Answered directly, with and without the slash.
    skipTrailingSlashRedirect: true,
  },
  { devBundleServerPackages: false },
)
