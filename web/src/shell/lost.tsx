import { Link } from "@tanstack/react-router";
import { Empty } from "../ui/empty.tsx";

/** A page that is not there. */
export function Lost() {
  return (
    <div className="flex h-full items-center justify-center">
      <h1 className="sr-only">Nothing here</h1>
      <Empty
        action={
          <Link to="/" className="underline-quiet">
            Go to the inbox
          </Link>
        }
      >
        There is nothing at this address. It may have moved, or belong to another company.
      </Empty>
    </div>
  );
}
