-- Orders in depth: payments, shipments, returns, refunds and disputes; WooCommerce shops beside Shopify's.

alter table orders
  add column paid_at timestamptz,
  add column payments jsonb not null default '[]',
  add column shipments jsonb not null default '[]',
  add column returns jsonb not null default '[]',
  add column refunds jsonb not null default '[]',
  add column disputes jsonb not null default '[]';

alter table order_sources drop constraint order_sources_kind_check;
alter table order_sources add constraint order_sources_kind_check check (kind in ('shopify', 'woocommerce'));
