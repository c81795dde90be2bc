using Durable.TestKit;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Analyzers.Tests;

public sealed class MarkedTextTests
{
    [Fact]
    public void Marks_are_taken_out_and_become_spans()
    {
        var marked = MarkedText.Parse("a[|b|]c[|de|]");

        Assert.Equal("abcde", marked.Text);
        Assert.Equal([new TextSpan(1, 1), new TextSpan(3, 2)], marked.Spans);
    }

    [Fact]
    public void A_mark_that_is_not_closed_is_refused() => Assert.Throws<ArgumentException>(() => MarkedText.Parse("a[|b"));
}
