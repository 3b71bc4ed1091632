"""Small documents full of traps, each read by leanblueprint and by us in the tests."""

PREAMBLE = r"""\documentclass{report}
\usepackage{amssymb, amsthm, amsmath}
\usepackage{hyperref}
\usepackage[showmore, dep_graph]{blueprint}
\newtheorem{theorem}{Theorem}[chapter]
\newtheorem{proposition}[theorem]{Proposition}
\newtheorem{lemma}[theorem]{Lemma}
\newtheorem{corollary}[theorem]{Corollary}
\theoremstyle{definition}
\newtheorem{definition}[theorem]{Definition}
\newtheorem{remark}[theorem]{Remark}
"""


def document(body: str, preamble: str = PREAMBLE) -> str:
    return preamble + "\\begin{document}\n" + body + "\n\\end{document}\n"


DOCUMENTS: dict[str, str] = {
    "lists": document(
        r"""\chapter{Lists}
\begin{definition}\label{a_b'}\lean{A.b_c', D}\leanok x\end{definition}
\begin{lemma}\label{x''y}\uses{a_b',
   a_b' , ,}\lean{  }\leanok Hello \end{lemma}
\begin{lemma}[A title, $x_1$]\label{two words}\label{Φ+(x)=y^2}\uses{x''y % , a_b'
 ,a_b'}\uses{} t \end{lemma}
\begin{lemma}\label{twice}\uses{a_b'}\uses{x''y}\lean{A}\lean{B,C} t \end{lemma}
\newcommand{\both}{a_b',x''y}
\begin{lemma}\label{by macro}\uses{\both, twice} t \end{lemma}
\begin{lemma}\label{braced}\uses{{twice}, a~b,

by macro} t \end{lemma}
\begin{lemma}\label{unresolved}\uses{nowhere, twice}\leanok\end{lemma}
\begin{lemma}\label{∃_loops}\uses{Φ+(x)=y^2} t\end{lemma}"""
    ),
    "proofs": document(
        r"""\chapter{Proofs}
\begin{lemma}\label{e0}\uses{e1} a\end{lemma}
\begin{proof}\end{proof}
\begin{lemma}\label{e1} k\end{lemma}
\begin{proof}

\end{proof}
\begin{lemma}\label{e2}\leanok k\end{lemma}
some text

more text $x$ and a list
\begin{itemize}\item one \end{itemize}
\begin{proof}\leanok\uses{e1} yes\end{proof}
\begin{lemma}\label{e3} k\end{lemma}
\section{No proof crosses this}
\begin{proof}\leanok lost\end{proof}
\begin{lemma}\label{e4} k \begin{proof}\leanok inside\end{proof}\end{lemma}
\begin{lemma}\label{e5} k\end{lemma}
\begin{proof} one \end{proof}
\begin{proof}\leanok\uses{e2} two \end{proof}
\begin{remark}\label{r1} between\end{remark}
\begin{proof}\proves{e0}\leanok\uses{e1, r1} elsewhere\end{proof}
{\begin{lemma}\label{g1}text\end{lemma}

text \begin{proof}\leanok a \end{proof}}
\begin{center}\begin{lemma}\label{c1}text\end{lemma}\begin{proof}\leanok a \end{proof}\end{center}
\begin{lemma}\label{n1} x\end{lemma}
\begin{remark} y \end{remark}
\begin{proof}\leanok of the remark\end{proof}
\begin{enumerate}\item \begin{lemma}\label{i1} x\end{lemma} \begin{proof}\leanok x\end{proof}\end{enumerate}"""
    ),
    "claims": document(
        r"""\chapter{Claims}
\begin{definition}\label{d1}\notready a\end{definition}
\begin{definition}\label{d2}\mathlibok a\end{definition}
\begin{theorem}\label{t1}\uses{d1} {\leanok} \emph{\leanok} x\end{theorem}
\begin{theorem}\label{t2}\uses{d2}\discussion{ #12 } \itshape \leanok x\end{theorem}
\begin{theorem}\label{t3}\uses{d2, t4} x\end{theorem}
\begin{proof}\notready\leanok y\end{proof}
\begin{theorem}\label{t4}\mathlibok x \begin{itemize}\item \uses{d1} a\end{itemize}\end{theorem}
\begin{corollary}\label{t5}\uses{t4}\leanok\end{corollary}
\begin{proof}\mathlibok\uses{t4}\lean{Foo} y\end{proof}
\begin{theorem}\label{t6}\uses{eqn, sec, t5} x
\begin{equation}\label{eqn} x_1 \end{equation}\end{theorem}
\section{S}\label{sec}
\begin{definition}\label{d3}\uses{eq_under} unformalised \begin{equation}\label{eq_under} x \end{equation}\end{definition}
\begin{theorem}\label{t7}\uses{d3}\leanok x\end{theorem}
\begin{proof}\leanok x\end{proof}
\graphcolor{stated}{purple}{Purple}
\bpcolor{proved}{#123456}{Mine}"""
    ),
    "numbers": document(
        r"""\chapter{One}
\begin{theorem}\label{n1}a\end{theorem}
\begin{equation}\label{q1} x \end{equation}
\begin{align} a &= b \\ c &= d \nonumber \\ e &= f \label{q2}\end{align}
\begin{align*} a &= b \\ c &= d \notag\end{align*}
\begin{equation} x = \begin{cases} 1 & a \\ 2 & b\end{cases}\end{equation}
\begin{lemma}\label{n2}\uses{q1, q2} a \begin{enumerate}\item\label{it} x\end{enumerate} \end{lemma}
\begin{xclaim}\label{n3} k \end{xclaim}
\begin{lonely}\label{n4} k \end{lonely}
\section{S}
\begin{own}\label{n5} k \end{own}
\begin{theorem*}\label{n6} k \end{theorem*}
\setcounter{theorem}{10}
\begin{theorem}\label{n7} k \end{theorem}
\addtocounter{theorem}{-3}
\begin{theorem}\label{n8} k \end{theorem}
\chapter*{Starred}
\begin{theorem}\label{n9} k \end{theorem}
\part{Part}
\chapter{Two}
\begin{theorem}\label{n10} k \end{theorem}
\appendix
\chapter{App}
\begin{theorem}\label{n11} k \end{theorem}
\section{Sec}\subsection{Sub}\subsubsection{Subsub}
\begin{own}\label{n12} k \end{own}
\renewcommand{\thetheorem}{\Alph{chapter}-\roman{theorem}}
\begin{theorem}\label{n13} k \end{theorem}""",
        PREAMBLE.replace("[showmore, dep_graph]", "[thms=theorem+lemma+xclaim+lonely+own+theorem*]")
        + r"""\newtheorem{xclaim}{Claim}
\newtheorem{lonely}[equation]{Lonely}
\newtheorem{own}{Own}[section]
\newtheorem*{theorem*}{Theorem}
\numberwithin{equation}{section}
""",
    ),
    "comments": document(
        r"""\chapter{Comments}
\begin{lemma}\label{c1} % \leanok
\iffalse \leanok \uses{c2} \fi a \verb|\leanok| \end{lemma}
%\begin{lemma}\label{gone}\end{lemma}
\iffalse
\begin{lemma}\label{gone2} x \end{lemma}
\fi
\begin{verbatim}
\begin{lemma}\label{gone3} x \end{lemma} % \end{verbatim}
\begin{comment}
\begin{lemma}\label{gone4} x \end{lemma}
\end{comment}
\begin{lemma}\label{c2}\ifplastex\leanok\else\notready\fi 100\% sure \verb+%+ \uses{c1} \end{lemma}
\newif\ifdraft
\ifdraft \begin{lemma}\label{gone5} x \end{lemma}\else\begin{lemma}\label{c3} x \end{lemma}\fi
\drafttrue
\ifdraft \begin{lemma}\label{c4} x \ifdraft\leanok\fi\end{lemma}\fi
\url{http://x.y/%20#a} \href{http://x.y/a_%b}{\begin{lemma}\label{c5} x \end{lemma}}
\begin{lemma}\label{c6} x \ifdefined\nothing\leanok\else\mathlibok\fi\end{lemma}
\ifnum 1<2 \begin{lemma}\label{c7} x \end{lemma}\fi""",
        PREAMBLE + "\\usepackage{comment}\n",
    ),
    "macros": document(
        r"""\chapter{Macros}
\newcommand{\bl}[2][zz]{\begin{lemma}\label{#1}\uses{#2}}
\newcommand{\el}{\end{lemma}}
\bl{} first \el
\bl[m2]{zz} second \el
\newenvironment{mylemma}[1]{\begin{lemma}\label{#1}\leanok}{\end{lemma}}
\begin{mylemma}{m3} third \end{mylemma}
\begin{proof}\leanok x\end{proof}
\def\beq#1{\begin{equation}\label{#1}}\def\eeq{\end{equation}}
\beq{q1} x \eeq
\begin{lemma}\label{m4}\uses{q1,m3} x\end{lemma}
\let\ok\leanok
\begin{lemma}\label{m5}\ok x\end{lemma}
{\def\ok{}\begin{lemma}\label{m6}\ok x\end{lemma}}
\begin{lemma}\label{m7}\ok x\end{lemma}
\renewcommand{\leanok}{}
\begin{lemma}\label{m8}\leanok x\end{lemma}
\def\pair(#1,#2){\uses{#1,#2}}
\begin{lemma}\label{m9}\pair(m7,m8) x\end{lemma}
\expandafter\def\csname my\endcsname{\leanok}
\begin{lemma}\label{m10}\my x\end{lemma}
\newcommand{\R}{\mathbb{R}}
\begin{lemma}[On $\R$]\label{m11} $\R^{n}_{\R}$ \end{lemma}"""
    ),
    "broken": document(
        r"""\chapter{Broken}
\begin{lemma}\label{b1} $x \leanok $ and $y$ \end{lemma}
\begin{lemma}\label{b2} \text{a $x$ b} \leanok \end{lemma}
\begin{lemma}\label{b3} $a = \text{if $b$ then}$ \leanok \end{lemma}
\begin{proof}\leanok p\end{proof}
\begin{lemma}\label{b4} \leanok } \uses{b1} \end{lemma}
\begin{lemma}\label{b5} \end{theorem} \leanok
\begin{lemma}\label{b6} x\end{lemma}
\begin{unknownenv}\begin{lemma}\label{b7}\leanok x\end{lemma}\end{unknownenv}
\begin{lemma}\label{b8}\begin{align*} a \\ [b) \\ c] & d \end{align*}\leanok\end{lemma}
\begin{lemma}\label{b9}\begin{dcases} a \\ b \end{dcases}\leanok\end{lemma}
\begin{align}\begin{dcases} a \\ b \end{dcases}\end{align}
\begin{lemma}\label{b10} x\end{lemma}
\section{Next}
\begin{lemma}\label{b11} x\end{lemma}
\begin{proof}\leanok \section{In proof} p\end{proof}
\begin{lemma}\label{b12} x \frac{1}{ \end{lemma}
\begin{lemma}\label{b13} x \end{lemma}
\begin{proof}\leanok p\end{proof}"""
    ),
    "graphs": document(
        r"""\chapter{One}\label{ch1}
\begin{definition}\label{a}\leanok x\end{definition}
\begin{lemma}\label{b}\uses{a} x\end{lemma}
\begin{proof}\uses{a}\leanok x\end{proof}
\begin{lemma}\label{c}\uses{a, b} x\end{lemma}
\begin{proof}\uses{b}\leanok x\end{proof}
\chapter{Two}\label{ch2}
\begin{lemma}\label{d}\uses{c}\alsoIn{ch1} x\end{lemma}
\begin{proof}\uses{e, a}\leanok x\end{proof}
\begin{lemma}\label{e}\uses{a}\leanok x\end{lemma}
\begin{theorem}\label{f}\uses{a, d, e} x\end{theorem}
\begin{proof}\uses{b}\leanok x\end{proof}
\chapter{Empty}""",
        PREAMBLE.replace("[showmore, dep_graph]", "[dep_by=chapter]"),
    ),
    "unreduced": document(
        r"""\section{One}
\begin{definition}\label{a}\leanok x\end{definition}
\begin{lemma}\label{b}\uses{a} x\end{lemma}
\begin{lemma}\label{c}\uses{a, b} x\end{lemma}
\begin{proof}\uses{a}\leanok x\end{proof}
\begin{lemma} unlabelled \uses{c}\end{lemma}
\begin{lemma}\leanok\end{lemma}
\end{document}
\begin{lemma}\label{after}\uses{c} x\end{lemma}""",
        PREAMBLE.replace("{report}", "{article}")
        .replace("[chapter]", "[section]")
        .replace("[showmore, dep_graph]", "[nonreducedgraph]"),
    ),
    "duplicates": document(
        r"""\chapter{One}
\begin{lemma}\label{same} x\end{lemma}
\begin{definition}\label{ground} x\end{definition}
\begin{lemma}\label{again}\uses{ground} x\end{lemma}
\begin{proof}\uses{same} x\end{proof}
\begin{lemma}\label{again}\uses{same} x\end{lemma}
\begin{lemma}\label{above}\uses{again} x\end{lemma}
\begin{lemma}\label{other}\uses{same}\leanok x\end{lemma}
\begin{lemma}\label{taken} x\end{lemma}
\section{S}\label{taken}
\begin{lemma}\label{last}\uses{taken, other} x \hypertarget{there}{t}\label{here}\end{lemma}
\begin{figure}\caption{C \label{fig}}\end{figure}
\begin{tabular}{c|c} a & b \\ c & \leanok d \end{tabular}
\begin{lemma*}\label{starred} x\end{lemma*}
\begin{lemma}\footnote{A note \label{fn}} x\end{lemma}"""
    ),
    "without amsthm": document(
        r"""\section{One}

\begin{lemma}\label{l1}\leanok x\end{lemma}
\begin{lemma}\label{l2}\uses{l1} x\end{lemma}

\begin{proof}\leanok x\end{proof}

\begin{lemma}\label{l3} x\end{lemma}

\begin{multline} a \\ b \end{multline}
\begin{lemma}\label{l4} x\end{lemma}""",
        PREAMBLE.replace("\\usepackage{amssymb, amsthm, amsmath}\n\\usepackage{hyperref}\n", "")
        .replace("\\theoremstyle{definition}\n", "")
        .replace("{report}", "{amsart}")
        .replace("[chapter]", "[section]"),
    ),
    "boxes": document(
        r"""\chapter[short]{A \emph{chapter} \texorpdfstring{$x$}{x}}\label{ch}
\begin{lemma}\label{l1} $\mbox{a $b$ c}$ \leanok \footnote{a $x$ b \label{fn}} \end{lemma}
\begin{lemma}\label{l2} $$ a $ b $ c $$ \textbf{x $y$ \leanok} \leanok \end{lemma}
\begin{lemma}[\textbf{T}\label{l3} \leanok] x \end{lemma}
\begin{table}\begin{tabular}{ll} a & \begin{lemma}\label{l4}\leanok x\end{lemma} \\[2pt] \caption{C}\label{cap} \end{tabular}\end{table}
\begin{figure}[h]\centering\begin{lemma}\label{l5} x \end{lemma}\leanok\end{figure}
\begin{minipage}[t]{3cm} \begin{lemma}\label{l6}\leanok x\end{lemma}

\begin{proof}\leanok x\end{proof}\end{minipage}
\begin{lemma}\label{l7}\bfseries x\end{lemma} \small
\begin{proof}\leanok x\end{proof}
\section{S \label{insec}}
\begin{lemma}\label{l8}\uses{insec, ch, cap, l7} \[ x = \begin{array}{c} a \\ b \nonumber \end{array} \] \leanok\end{lemma}
\begin{equation}\label{e_1} x \end{equation}
\begin{lemma}\label{l9}\uses{e_1} \ensuremath{x_{\mathrm{a}}} \sqrt[3]{x $ y $} \end{lemma}
\begin{split} a \\ b \end{split}
\begin{subequations}\begin{equation} x \end{equation}\end{subequations}
\begin{lemma}\label{l10}\begin{gather} a \\ b \end{gather}\begin{equation}\label{x} y\end{equation} x \end{lemma}"""
    ),
}
"""Name -> text of a web.tex."""
