"""Signing in: codes by mail, single sign-on, passwords, second factors."""
