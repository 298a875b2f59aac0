import { betterAuth } from "better-auth";
import { twoFactor } from "better-auth/plugins";
import type { Pool } from "pg";

export interface SignInOptions {
  /** better-auth's own tables live in our database. */
  pool: Pool;
  publicUrl: string;
  /** Signs cookies and encrypts TOTP secrets; at least 32 characters. */
  secret: string;
  rateLimited: boolean;
}

export type SignIn = ReturnType<typeof createSignIn>;

/** Email and password with TOTP, by better-auth; accounts are made only by us (first owner, invitation, sample). */
export function createSignIn(options: SignInOptions) {
  const timestamps = { createdAt: "created_at", updatedAt: "updated_at" };
  return betterAuth({
    appName: "Throughline",
    baseURL: options.publicUrl,
    basePath: "/api/auth",
    secret: options.secret,
    database: options.pool,
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: false,
      minPasswordLength: 10,
      autoSignIn: false,
      revokeSessionsOnPasswordReset: true,
    },
    rateLimit: {
      enabled: options.rateLimited,
      storage: "database",
      modelName: "auth_rate_limits",
      fields: { lastRequest: "last_request" },
    },
    session: {
      modelName: "auth_sessions",
      fields: { userId: "user_id", expiresAt: "expires_at", ipAddress: "ip_address", userAgent: "user_agent", ...timestamps },
      expiresIn: 30 * 24 * 3600,
      updateAge: 24 * 3600,
    },
    user: { modelName: "auth_users", fields: { emailVerified: "email_verified", ...timestamps } },
    account: {
      modelName: "auth_accounts",
      fields: {
        userId: "user_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        ...timestamps,
      },
    },
    verification: { modelName: "auth_verifications", fields: { expiresAt: "expires_at", ...timestamps } },
    plugins: [
      twoFactor({
        issuer: "Throughline",
        schema: {
          user: { fields: { twoFactorEnabled: "two_factor_enabled" } },
          twoFactor: {
            modelName: "auth_two_factors",
            fields: {
              userId: "user_id",
              backupCodes: "backup_codes",
              failedVerificationCount: "failed_verification_count",
              lockedUntil: "locked_until",
            },
          },
        },
      }),
    ],
    advanced: { cookiePrefix: "throughline", ipAddress: { ipAddressHeaders: ["x-throughline-peer"] } },
  });
}
