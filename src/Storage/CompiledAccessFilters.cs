using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Internal;
using Microsoft.EntityFrameworkCore.Query;

namespace SafetyCampaign.Storage;

/// <summary>
/// Gives a model that was compiled ahead (CompiledModels/, written by <c>dotnet ef dbcontext optimize</c>) the filters that keep each
/// account to its access scope: the generated code cannot hold expressions. They are set as EF sets them at the end of building a
/// model, https://github.com/dotnet/efcore/issues/24897; the tests compare the two models.
/// </summary>
internal static class CompiledAccessFilters
{
#pragma warning disable EF1001 // The name under which EF reads a filter, and what it expects there, are internal to it.
    /// <param name="model">As it was generated, before it is finished.</param>
    /// <param name="db">One of its contexts, which need not be usable: a filter looks at the context that asks.</param>
    public static void AddTo(RuntimeModel model, CampaignDb db)
    {
        var rewriter = new DbSetRewriter(model);
        foreach (var filter in db.AccessFilters())
        {
            var entityType = (RuntimeEntityType)((IModel)model).FindEntityType(filter.Parameters[0].Type)!;
            entityType.SetAnnotation(CoreAnnotationNames.QueryFilter,
                new QueryFilterCollection([new RuntimeQueryFilter(null, (LambdaExpression)rewriter.Visit(filter))]));
        }
    }
#pragma warning restore EF1001

    /// <summary>A table that a filter looks at is a root of its own, as it is in any query.</summary>
    private sealed class DbSetRewriter(IModel model) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Type.IsGenericType && node.Type.GetGenericTypeDefinition() == typeof(DbSet<>)
                ? new EntityQueryRootExpression(model.FindEntityType(node.Type.GetGenericArguments()[0])!)
                : base.VisitMember(node);
    }
}
