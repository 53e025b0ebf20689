import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useUser } from "../../account/auth-context.tsx";
import { consoleKeys, LOOK_MS } from "./keys.ts";

/** So many pages are renewed at every look; longer lists less often. */
const MOST_LIVE_PAGES = 3;
const LONG_LIST_MS = 15_000;

/** A list of the console with its pages: what is shown, and how it goes on. */
export interface ConsoleList<Row> {
  /** Undefined: nothing has come yet. */
  rows: readonly Row[] | undefined;
  error: unknown;
  /** The rows are those of the filters before. */
  isChanging: boolean;
  /** Nothing fresh could be had; the rows are older. */
  isStale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  moreFailed: boolean;
  loadMore: () => void;
  retry: () => void;
}

interface Asking<Page, Row> {
  /** The call's name and its filters. */
  about: readonly unknown[];
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>;
  rows: (page: Page) => readonly Row[];
  idOf: (row: Row) => string | number;
}

/** Pages behind a cursor, newest first, which renew themselves while they are looked at. */
export function useConsoleList<Page extends { next: string | null }, Row>({
  about,
  ask,
  rows,
  idOf,
}: Asking<Page, Row>): ConsoleList<Row> {
  const { id } = useUser();
  const list = useInfiniteQuery({
    queryKey: consoleKeys.of(id, ...about, "pages"),
    queryFn: ({ pageParam, signal }) => ask(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page) => last.next,
    staleTime: LOOK_MS,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) > MOST_LIVE_PAGES ? LONG_LIST_MS : LOOK_MS,
    placeholderData: keepPreviousData,
  });
  const known = list.data?.pages.flatMap((page) => [...rows(page)]);
  return {
    // A row may have moved over the edge of a page while the pages were fetched one after the other.
    rows: known ? [...new Map(known.map((row) => [idOf(row), row])).values()] : undefined,
    error: list.error,
    isChanging: list.isPlaceholderData,
    isStale: list.isRefetchError,
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    moreFailed: list.isFetchNextPageError,
    loadMore: () => void list.fetchNextPage(),
    retry: () => void list.refetch(),
  };
}
