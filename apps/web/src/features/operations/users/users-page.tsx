import { UserDetail } from "./user-detail.tsx";
import { UserList } from "./user-list.tsx";

/** Everybody who has an account, or one of them with their story. */
export default function UsersPage({ item }: { item: string | null }) {
  return item === null ? <UserList /> : <UserDetail key={item} userId={item} />;
}
