using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>The command of an <c>exec:</c> device: a program and its arguments. No shell reads it.</summary>
/// <remarks>
/// Words are parted by spaces and tabs. Between apostrophes everything stands for itself. Between quotation marks everything does but a backslash
/// before a quotation mark or a backslash; outside both, a backslash makes the next character stand for itself. There are no variables, patterns or redirections.
/// </remarks>
/// <param name="Words">The program, then its arguments.</param>
public sealed record PipeCommandLine(IReadOnlyList<string> Words)
{
    /// <summary>Reads a command.</summary>
    /// <exception cref="FormatException">It names no program, or a quotation does not end.</exception>
    public static PipeCommandLine Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> words = [];
        StringBuilder? word = null;
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            switch (c)
            {
                case '\0':
                    throw new FormatException("holds a zero character, which no argument can");
                case ' ' or '\t':
                    Finish(words, ref word);
                    break;
                case '\'' or '"':
                    word ??= new StringBuilder();
                    at = ReadQuoted(text, at, word);
                    break;
                case '\\':
                    at++;
                    (word ??= new StringBuilder()).Append(at < text.Length ? text[at] : throw new FormatException("ends in a backslash"));
                    break;
                default:
                    (word ??= new StringBuilder()).Append(c);
                    break;
            }
        }

        Finish(words, ref word);
        return words.Count > 0 && words[0].Length > 0
            ? new PipeCommandLine(words)
            : throw new FormatException("names no program; write exec:COMMAND, such as exec:python3 device.py");
    }

    /// <summary>The program's file: as it is written if that has a slash, otherwise the first of that name in a folder of PATH. Null if there is none that may be run.</summary>
    public string? FindProgram(string? searchPath)
    {
        string name = Words[0];
        return name.Contains('/', StringComparison.Ordinal)
            ? (IsProgram(name) ? name : null)
            : (searchPath ?? string.Empty).Split(':').Select(folder => Path.Combine(folder.Length == 0 ? "." : folder, name)).FirstOrDefault(IsProgram);
    }

    /// <summary>Why <see cref="FindProgram"/> finds nothing.</summary>
    public string WhyThereIsNone()
    {
        string name = Words[0];
        return !name.Contains('/', StringComparison.Ordinal) ? $"there is no program '{name}' on PATH"
            : Directory.Exists(name) ? $"'{name}' is a folder, not a program"
            : File.Exists(name) ? $"'{name}' is not executable (chmod +x makes it so)"
            : $"there is no program '{name}'";
    }

    private static bool IsProgram(string path)
    {
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;
    }

    private static void Finish(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }

    // From an opening mark; returns the place of the closing one.
    private static int ReadQuoted(string text, int start, StringBuilder word)
    {
        char mark = text[start];
        for (int at = start + 1; at < text.Length; at++)
        {
            if (text[at] == mark)
            {
                return at;
            }

            if (mark == '"' && text[at] == '\\' && at + 1 < text.Length && text[at + 1] is ('"' or '\\'))
            {
                at++;
            }

            word.Append(text[at]);
        }

        throw new FormatException($"has no closing {mark} for the one at character {start + 1} of the command");
    }
}
