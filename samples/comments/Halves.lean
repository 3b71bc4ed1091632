/-%%
\chapter{Halves}

Half of an even number is a number again.

\begin{definition}[Half]\label{def:half}\lean{Halves.half}\leanok
  The half of $n$ is the largest $k$ with $2k \le n$.
\end{definition}
%%-/

namespace Halves

def half (n : Nat) : Nat := n / 2

/-%%
\begin{lemma}\label{lem:half-double}\lean{Halves.half_double}\leanok
  \uses{def:half}
  The half of $2n$ is $n$.
\end{lemma}
%%-/
theorem half_double (n : Nat) : half (2 * n) = n := by
--%%\begin{proof}\leanok
--%%  Divide by $2$.
  unfold half
  omega
--%%\end{proof}

/-%%
\begin{theorem}[Halving loses little]\label{thm:half-loses}\lean{Halves.half_loses}\leanok
  \uses{def:half}
  Twice the half of $n$ is $n$ or one less.
\end{theorem}
\begin{proof}
  \uses{lem:half-double}
  Write $n = 2k$ or $n = 2k + 1$.
\end{proof}
%%-/
theorem half_loses (n : Nat) : 2 * half n = n ∨ 2 * half n + 1 = n := by
  sorry

/- A comment of Lean's own: \begin{lemma} Nothing. \end{lemma} -/

end Halves
