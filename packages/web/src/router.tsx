/** Routes. The search part of the address holds the whole run, so that a link repeats it. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { Layout } from './components/Layout.tsx';
import { parseSearch, type RunSearch, stringifySearch, validateSearch } from './lib/search.ts';
import { GalleryPage } from './pages/GalleryPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';

/** A chunk of its own: the gallery shows before it is there. */
const comparisonPage = () => import('./pages/ComparisonPage.tsx');

const rootRoute = createRootRoute({
  component: Layout,
  notFoundComponent: NotFoundPage,
  validateSearch: (search: Record<string, unknown>): RunSearch => validateSearch(search),
  search: { middlewares: [retainSearchParams<RunSearch>(['lang'])] },
});

const galleryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: GalleryPage,
});

const bundledRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compare/$id',
  component: lazyRouteComponent(comparisonPage, 'BundledPage'),
});

const dryRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dry-run',
  component: lazyRouteComponent(() => import('./pages/DryRunPage.tsx'), 'DryRunPage'),
});

const experimentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/experiments',
  component: lazyRouteComponent(() => import('./pages/ExperimentsPage.tsx'), 'ExperimentsPage'),
});

const ownFileRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/open',
  component: lazyRouteComponent(comparisonPage, 'OwnFilePage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    galleryRoute,
    bundledRoute,
    dryRunRoute,
    experimentsRoute,
    ownFileRoute,
  ]),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
