/** Grey bars where text will be, once it has taken 200 ms. */
export function Skeleton({ rows = 6, height = 84, label = "Loading" }: { rows?: number; height?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="animate-[appear_.12s_.2s_both]">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex flex-col justify-center gap-2 border-b border-line-soft px-5" style={{ height }}>
          <div className="h-2.5 rounded-s bg-sunken" style={{ width: `${38 + ((row * 17) % 30)}%` }} />
          {height > 40 && <div className="h-2.5 rounded-s bg-sunken" style={{ width: `${60 + ((row * 23) % 32)}%` }} />}
        </div>
      ))}
    </div>
  );
}
